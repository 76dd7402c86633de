package io.pado.cafe.demo;

import io.pado.cafe.cell.Cells;
import io.pado.cafe.menu.Menus;
import io.pado.cafe.setting.Settings;
import io.pado.platform.PlatformConfig;
import io.pado.platform.StartOrder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;

/** The embedded demo's café: a card and three cells with points. What is there already is left alone. */
@ApplicationScoped
public class DemoCafe {

    private static final String COFFEE = "커피";
    private static final String LATTE = "라떼";
    private static final String TEA = "차·에이드";
    private static final String DESSERT = "디저트";

    @Inject
    private Menus menus;
    @Inject
    private Cells cells;
    @Inject
    private Settings settings;
    @Inject
    private PlatformConfig config;

    void open(@Observes @Priority(StartOrder.PREPARE) Startup startup) {
        if (config.demo()) {
            settings.nameShopFirst("파도 카페");
            card();
            cells.addFirst("청년1셀", 45_000);
            cells.addFirst("청년2셀", 80_000);
            cells.addFirst("새가족셀", 12_000);
        }
    }

    private void card() {
        menus.addFirst("아메리카노", 4_000, COFFEE, "Americano");
        menus.addFirst("콜드브루", 4_500, COFFEE, "Cold brew");
        menus.addFirst("카페라떼", 4_500, LATTE, "Caffè latte");
        menus.addFirst("바닐라라떼", 5_000, LATTE, "Vanilla latte");
        menus.addFirst("딸기라떼", 5_500, LATTE, "Strawberry latte");
        menus.addFirst("유자차", 4_500, TEA, "Yuja tea");
        menus.addFirst("레몬에이드", 5_000, TEA, "Lemonade");
        menus.addFirst("치즈케이크", 6_000, DESSERT, "Cheesecake");
        menus.addFirst("크로플", 5_500, DESSERT, "Croffle");
    }
}

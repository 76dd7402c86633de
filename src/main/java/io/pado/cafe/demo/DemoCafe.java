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

    private static final String COFFEE = "커피 / Coffee";
    private static final String LATTE = "라떼 / Latte";
    private static final String TEA = "차·에이드 / Tea & ade";
    private static final String DESSERT = "디저트 / Dessert";

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
            settings.nameShopFirst("파도 카페 / Pado Café");
            card();
            cells.addFirst("청년1셀 / Youth 1", 45_000);
            cells.addFirst("청년2셀 / Youth 2", 80_000);
            cells.addFirst("새가족셀 / Newcomers", 12_000);
        }
    }

    private void card() {
        menus.addFirst("아메리카노 / Americano", 4_000, COFFEE);
        menus.addFirst("콜드브루 / Cold brew", 4_500, COFFEE);
        menus.addFirst("카페라떼 / Caffè latte", 4_500, LATTE);
        menus.addFirst("바닐라라떼 / Vanilla latte", 5_000, LATTE);
        menus.addFirst("딸기라떼 / Strawberry latte", 5_500, LATTE);
        menus.addFirst("유자차 / Yuja tea", 4_500, TEA);
        menus.addFirst("레몬에이드 / Lemonade", 5_000, TEA);
        menus.addFirst("치즈케이크 / Cheesecake", 6_000, DESSERT);
        menus.addFirst("크로플 / Croffle", 5_500, DESSERT);
    }
}

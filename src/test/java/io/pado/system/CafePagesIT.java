package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The café's pages in real browsers: the kiosk on one node, the admin on the other, the barista behind a cable that can be cut. */
@ExtendWith(TwoNodes.class)
class CafePagesIT {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration CUT = Duration.ofSeconds(10);

    private static Cafe cafe;
    private static Login staff;
    private static Cable cable;
    private static Page kiosk;
    private static Page barista;
    private static Page admin;

    @BeforeAll
    static void open(Cluster cluster) {
        cafe = Cafe.of(cluster);
        staff = cluster.login("barista");
        // The first order of a node's life takes longer than all others.
        Cafe.step(staff, Cafe.order(staff, Cafe.byCard(cafe.menu(1_000), 1)).getString("orderId"), "MAKING");
        cable = Cable.to(cluster.b());
        kiosk = Page.of(cluster.a(), "kiosk/", "kiosk");
        barista = Page.of(cable.uri(), "barista/", "barista");
        admin = Page.of(cluster.b(), "admin/", "admin");
    }

    @AfterAll
    static void close() {
        for (AutoCloseable each : new AutoCloseable[] {kiosk, barista, admin, cable}) {
            closed(each);
        }
    }

    @Test
    void orderOfTheKioskIsWithTheBaristaAndInTheFiguresWithinASecond() {
        long menu = cafe.menu(4_000);
        admin.until(() -> !admin.text("[data-figure=orders] dd").isEmpty());
        int before = Integer.parseInt(admin.text("[data-figure=orders] dd"));
        barista.noteWhen("[data-status=PENDING] .card", "4,000");
        admin.noteWhen("[data-figure=orders] dd", Integer.toString(before + 1));

        kiosk.click(tile(menu));
        kiosk.click("#order");
        kiosk.click("dialog.checkout button[type=submit]");
        kiosk.until(() -> kiosk.shows("#daily-number"));
        String number = kiosk.text("#daily-number");

        JsonObject order = Cafe.array(Cafe.ok(staff.get("/api/orders?limit=1"))).getJsonObject(0);
        assertThat(order.getInt("dailyNum")).hasToString(number);
        Instant placed = Instant.parse(order.getString("createdAt"));
        assertThat(Duration.between(placed, barista.noted())).as("at the barista's").isLessThan(AT_ONCE);
        assertThat(Duration.between(placed, admin.noted())).as("in the figures").isLessThan(AT_ONCE);

        kiosk.click("dialog.number button");
        barista.click(card(order) + " .next");
        kiosk.until(() -> kiosk.shows("#mine li[data-status=MAKING]"));
        List.of(kiosk, barista, admin).forEach(Page::assertNothingWentWrong);
    }

    @Test
    void menuThatIsSoldOutCannotBeChosenAnyMore() {
        long menu = cafe.menu(5_500);
        kiosk.until(() -> kiosk.shows(tile(menu)));
        admin.click("#tab-menus");

        admin.click("tr[data-key='" + menu + "'] input");
        kiosk.until(() -> "true".equals(kiosk.find(tile(menu)).getDomAttribute("aria-disabled")));
        kiosk.click(tile(menu));
        assertThat(kiosk.all("#lines li")).isEmpty();

        admin.click("tr[data-key='" + menu + "'] input");
        kiosk.until(() -> "false".equals(kiosk.find(tile(menu)).getDomAttribute("aria-disabled")));
        admin.click("#tab-orders");
    }

    @Test
    void cardIsReadInTheLanguageOfThePage() {
        kiosk.until(() -> kiosk.shows("#counter"));
        for (int i = 0; i < 2; i++) {
            List<String> korean = List.of("아메리카노", "커피");
            List<String> english = List.of("Americano", "Coffee");
            boolean isKorean = kiosk.text("#language").equals("English");
            kiosk.until(() -> kiosk.text("#counter").lines().toList().containsAll(isKorean ? korean : english));
            assertThat(kiosk.text("#counter").lines()).doesNotContainAnyElementsOf(isKorean ? english : korean);
            kiosk.click("#language");
        }
    }

    @Test
    void kioskThatIsSwitchedOffShowsTheMaintenanceScreen() {
        kiosk.until(() -> kiosk.shows("#counter"));
        try {
            cafe.set("is_kiosk_active", "false");
            kiosk.until(() -> kiosk.shows("#closed") && !kiosk.shows("#counter"));
        } finally {
            cafe.set("is_kiosk_active", "true");
        }
        kiosk.until(() -> kiosk.shows("#counter") && !kiosk.shows("#closed"));
    }

    @Test
    void baristaWhoseNetworkIsAwayForTenSecondsSeesThatAndMissesNoOrder() {
        long menu = cafe.menu(6_000);
        JsonObject known = Cafe.order(staff, Cafe.byCard(menu, 1));
        barista.until(() -> barista.shows(card(known)));
        barista.mark();

        cable.cut();
        barista.until(() -> List.of("waiting", "offline").contains(barista.connection()) && barista.shows("#stale"));
        List<JsonObject> missed = IntStream.range(0, 3).mapToObj(i -> Cafe.order(staff, Cafe.byCard(menu, 1))).toList();
        Cafe.step(staff, known.getString("orderId"), "MAKING");
        await().during(CUT).atMost(CUT.plusSeconds(5)).until(() -> !barista.isConnected());
        assertThat(barista.all(card(missed.get(0)))).isEmpty();

        cable.mend();
        barista.until(() -> barista.isConnected() && !barista.shows("#stale"));
        missed.forEach(order -> barista.until(() -> barista.all("#orders-PENDING " + card(order)).size() == 1));
        barista.until(() -> barista.all("#orders-MAKING " + card(known)).size() == 1);
        assertThat(barista.all(card(known))).hasSize(1);
        assertThat(barista.isMarked()).as("the page is the same one").isTrue();
    }

    private static String tile(long menu) {
        return "#menus li[data-key='" + menu + "'] .tile";
    }

    private static String card(JsonObject order) {
        return "#" + order.getString("orderId");
    }

    private static void closed(AutoCloseable each) {
        try {
            if (each != null) {
                each.close();
            }
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}

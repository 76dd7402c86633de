package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Orders and points over REST, on two nodes at once. */
@ExtendWith(TwoNodes.class)
class CafeOrdersIT {

    private static final int PRICE = 4_000;

    private final Cluster cluster;
    private final Cafe cafe;
    private final Login barista;
    private final Login kiosk;

    CafeOrdersIT(Cluster cluster) {
        this.cluster = cluster;
        this.cafe = Cafe.of(cluster);
        this.barista = cluster.login("barista").at(cluster.b());
        this.kiosk = cluster.login("kiosk");
    }

    @Test
    void orderHasTheFieldsOfTheContractAndIsReadByStaffAndWhoTookIt() {
        long menu = cafe.menu(PRICE);
        long cell = cafe.cell(10_000);
        HttpResponse<String> answer = kiosk.post("/api/orders", Cafe.byCell(cell, menu, 2));
        JsonObject order = Cafe.created(answer);
        String path = "/api/orders/" + order.getString("orderId");

        assertThat(order.keySet()).isEqualTo(Samples.of("system2", "order").keySet());
        assertThat(order.getString("orderId")).matches("ORD-\\d{13}-[0-9a-z]{6}");
        assertThat(order.getInt("totalAmount")).isEqualTo(8_000);
        assertThat(order.getString("createdAt")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z");
        assertThat(answer.headers().firstValue("Location")).hasValueSatisfying(location -> assertThat(location).endsWith(path));
        assertThat(Http.json(Cafe.ok(barista.get(path)))).isEqualTo(order);
        assertThat(Http.json(Cafe.ok(kiosk.get(path)))).isEqualTo(order);
        Cafe.refused(404, "no-such-order", kiosk.get("/api/orders/" + Cafe.order(barista, Cafe.byCard(menu, 1)).getString("orderId")));
        Cafe.refused(401, "unauthorized", Http.get(cluster.a(), path));
        Cafe.refused(403, "forbidden", cluster.login("user1").get(path));
    }

    @Test
    void stepsGoInTheirOrderAndNoOther() {
        String id = Cafe.order(kiosk, Cafe.byCard(cafe.menu(PRICE), 1)).getString("orderId");

        assertThat(refusedStep(id, "COMPLETED")).contains("is PENDING", "next status is MAKING");
        assertThat(refusedStep(id, "PENDING")).contains("next status is MAKING");
        assertThat(refusedStep(id, "CANCELLED")).contains("/cancel");
        assertThat(Cafe.step(barista, id, "MAKING").getString("status")).isEqualTo("MAKING");
        refusedStep(id, "MAKING");
        assertThat(Cafe.step(barista, id, "COMPLETED").getString("status")).isEqualTo("COMPLETED");
        assertThat(refusedStep(id, "COMPLETED")).contains("final");
        Cafe.refused(409, "illegal-status", Cafe.cancel(barista, id));
    }

    private String refusedStep(String id, String status) {
        return Cafe.refused(409, "illegal-status", barista.change("PATCH", "/api/orders/" + id + "/status", "{\"status\":\"" + status + "\"}"))
                .getString("detail");
    }

    @Test
    void refusalIsNotKeptAndTheSameKeyMaySucceedLater() {
        long menu = cafe.menu(PRICE);
        long cell = cafe.cell(0);
        String key = UUID.randomUUID().toString();
        String charge = "/api/cells/" + cell + "/charge";

        Cafe.refused(409, "insufficient-balance", kiosk.post("/api/orders", Cafe.byCell(cell, menu, 1), key));
        Cafe.ok(cafe.admin().post(charge, "{\"amount\":4000}", key));
        Cafe.ok(cafe.admin().post(charge, "{\"amount\":4000}", key));
        assertThat(cafe.balance(cell)).isEqualTo(PRICE);
        Cafe.refused(409, "idempotency-key-reused",
                cafe.admin().post("/api/cells/" + cell + "/adjust", "{\"amount\":4000,\"reason\":\"r\"}", key));
        Cafe.created(kiosk.post("/api/orders", Cafe.byCell(cell, menu, 1), key));
        assertThat(cafe.balance(cell)).isZero();
    }

    @Test
    void databaseThatBreaksOffInTheMiddleLeavesNothingAndTheSameRequestSucceedsLater() {
        long cell = cafe.cell(PRICE);
        String body = Cafe.byCell(cell, cafe.menu(PRICE), 1);
        String key = UUID.randomUUID().toString();
        CompletableFuture<HttpResponse<String>> broken;
        try (Database.Hold hold = Database.hold(cluster.database(), "SELECT id FROM cell WHERE id = " + cell + " FOR UPDATE")) {
            assertThat(hold).isNotNull();
            broken = CompletableFuture.supplyAsync(() -> kiosk.post("/api/orders", body, key), Crowd.BESIDE);
            await().until(() -> Database.number(cluster.database(), "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    + " WHERE wait_event_type = 'Lock' AND query LIKE '%cell%' AND pid <> pg_backend_pid()") > 0);
        }
        assertThat(Cafe.refused(503, "unavailable", broken.join()).getBoolean("retryable")).isTrue();
        assertThat(cafe.history(cell)).hasSize(1);

        Cafe.created(kiosk.post("/api/orders", body, key));
        assertThat(cafe.balance(cell)).isZero();
        Cafe.assertNumbersAreComplete(cluster.database());
    }

    @Test
    void inactiveKioskTakesNoOrdersButStaffDo() {
        String body = Cafe.byCard(cafe.menu(PRICE), 1);
        cafe.set("is_kiosk_active", "false");
        try {
            Cafe.refused(409, "kiosk-inactive", kiosk.post("/api/orders", body));
            Cafe.order(barista, body);
        } finally {
            cafe.set("is_kiosk_active", "true");
        }
        Cafe.order(kiosk, body);
    }

    @Test
    void dayIsListedPageByPageAndCounted() {
        long menu = cafe.menu(PRICE);
        JsonObject first = Cafe.order(kiosk, Cafe.byCard(menu, 1));
        JsonObject second = Cafe.order(kiosk, Cafe.byCard(menu, 2));
        JsonObject cancelled = Cafe.order(kiosk, Cafe.byCard(menu, 5));
        Cafe.ok(Cafe.cancel(barista, cancelled.getString("orderId")));

        List<JsonObject> page = Cafe.array(Cafe.ok(barista.get("/api/orders?limit=2&before=" + cancelled.getInt("dailyNum"))))
                .getValuesAs(JsonObject.class);
        assertThat(page).containsExactly(second, first);
        assertThat(Cafe.array(Cafe.ok(barista.get("/api/orders?status=CANCELLED"))).getValuesAs(JsonObject.class))
                .allSatisfy(order -> assertThat(order.getString("status")).isEqualTo("CANCELLED"))
                .anySatisfy(order -> assertThat(order.getString("orderId")).isEqualTo(cancelled.getString("orderId")));
        assertThat(Cafe.array(Cafe.ok(barista.get("/api/orders?date=2001-01-01")))).isEmpty();

        JsonObject figures = Http.json(Cafe.ok(barista.get("/api/orders/stats")));
        assertThat(figures.keySet()).isEqualTo(Samples.of("system2", "stats").keySet());
        JsonObject sold = figures.getJsonArray("perMenu").getValuesAs(JsonObject.class).stream()
                .filter(each -> each.getInt("menuId") == menu).findFirst().orElseThrow();
        assertThat(sold.getInt("quantity")).isEqualTo(3);
        assertThat(sold.getInt("revenue")).isEqualTo(3 * PRICE);
        List<JsonObject> hours = figures.getJsonArray("perHour").getValuesAs(JsonObject.class);
        assertThat(hours).hasSize(24);
        assertThat(hours.stream().mapToInt(hour -> hour.getInt("revenue")).sum()).isEqualTo(figures.getInt("revenue"));
        assertThat(figures.getJsonObject("byStatus").keySet()).containsExactly("PENDING", "MAKING", "COMPLETED", "CANCELLED");
    }

    @Test
    void secondOfTwoEditorsIsToldAndSellingOutDisturbsNoEditor() {
        String path = "/api/menus/" + cafe.menu(PRICE);
        cafe.soldOut(Long.parseLong(path.substring(path.lastIndexOf('/') + 1)), true);

        JsonObject edited = Http.json(Cafe.ok(cafe.admin().change("PATCH", path, "{\"price\":5000,\"version\":0}")));
        assertThat(edited.getInt("version")).isEqualTo(1);
        assertThat(edited.getBoolean("isSoldOut")).isTrue();
        Cafe.refused(409, "changed-meanwhile", cafe.admin().change("PATCH", path, "{\"price\":4500,\"version\":0}"));
        assertThat(Http.json(Http.get(cluster.b(), path).body())).isEqualTo(edited);
    }

    @Test
    void settingsAreShownToWhomTheyConcern() {
        cafe.set("barista_note", "우유 2팩 남음");
        assertThat(keys(Cafe.ok(Http.get(cluster.a(), "/api/settings")))).contains("is_kiosk_active", "shop_name", "notice")
                .doesNotContain("barista_note");
        assertThat(keys(Cafe.ok(barista.get("/api/settings")))).contains("barista_note");
        assertThat(Http.json(Cafe.ok(barista.get("/api/settings/barista_note"))).keySet()).isEqualTo(Samples.of("system2", "setting").keySet());
        Cafe.refused(401, "unauthorized", Http.get(cluster.a(), "/api/settings/barista_note"));
        Cafe.refused(403, "forbidden", kiosk.get("/api/settings/barista_note"));
        assertThat(Cafe.array(Cafe.ok(kiosk.get("/api/cells/names"))).getJsonObject(0).keySet()).containsExactly("id", "name");
        Cafe.refused(403, "forbidden", kiosk.get("/api/cells"));
    }

    private static List<String> keys(String settings) {
        return Cafe.array(settings).getValuesAs(JsonObject.class).stream().map(each -> ((JsonString) each.get("key")).getString()).toList();
    }
}

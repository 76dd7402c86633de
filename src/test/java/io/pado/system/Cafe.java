package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.UUID;
import javax.sql.DataSource;

/** The café as its admin works with it. */
record Cafe(Login admin) {

    static Cafe of(Cluster cluster) {
        return new Cafe(cluster.login("admin"));
    }

    /** Adds a menu of its own name. @return its id */
    long menu(long price) {
        return created(admin.post("/api/menus", "{\"name\":\"%s\",\"price\":%d,\"category\":\"Test\"}".formatted(name(), price))).getInt("id");
    }

    /** Adds a cell of its own name. @return its id */
    long cell(long balance) {
        long id = created(admin.post("/api/cells", "{\"name\":\"" + name() + "\"}")).getInt("id");
        if (balance > 0) {
            ok(admin.post("/api/cells/" + id + "/charge", "{\"amount\":" + balance + '}'));
        }
        return id;
    }

    long balance(long cell) {
        return array(ok(admin.get("/api/cells"))).getValuesAs(JsonObject.class).stream().filter(each -> each.getInt("id") == cell)
                .findFirst().orElseThrow().getJsonNumber("balance").longValue();
    }

    /** Newest first. */
    JsonArray history(long cell) {
        return array(ok(admin.get("/api/cells/" + cell + "/history?limit=1000")));
    }

    void soldOut(long menu, boolean soldOut) {
        ok(admin.change("PATCH", "/api/menus/" + menu + "/sold-out", "{\"isSoldOut\":" + soldOut + '}'));
    }

    void set(String key, String value) {
        ok(admin.change("PUT", "/api/settings/" + key, "{\"value\":\"" + value + "\"}"));
    }

    /** Body of an order of one menu, paid by card. */
    static String byCard(long menu, int quantity) {
        return "{\"payType\":\"CARD\",\"items\":[{\"menuId\":%d,\"quantity\":%d}]}".formatted(menu, quantity);
    }

    /** Body of an order of one menu, paid by a cell. */
    static String byCell(long cell, long menu, int quantity) {
        return "{\"payType\":\"CELL\",\"cellId\":%d,\"items\":[{\"menuId\":%d,\"quantity\":%d}]}".formatted(cell, menu, quantity);
    }

    /** Places an order, and fails unless that was answered with it. */
    static JsonObject order(Login login, String body) {
        return created(login.post("/api/orders", body));
    }

    static JsonObject step(Login login, String orderId, String status) {
        return Http.json(ok(login.change("PATCH", "/api/orders/" + orderId + "/status", "{\"status\":\"" + status + "\"}")));
    }

    static HttpResponse<String> cancel(Login login, String orderId) {
        return login.post("/api/orders/" + orderId + "/cancel", "{\"reason\":\"고객 요청\"}");
    }

    static JsonObject created(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Http.json(answer.body());
    }

    static String ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    static JsonArray array(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readArray();
        }
    }

    /** Checks a refusal and its code. */
    static JsonObject refused(int status, String code, HttpResponse<String> answer) {
        JsonObject problem = Problems.assertIs(status, answer);
        assertThat(problem.getString("type")).isEqualTo("urn:pado:problem:" + code);
        return problem;
    }

    /** Checks that the orders of each day are numbered from 1, without gap or double. */
    static void assertNumbersAreComplete(DataSource database) {
        assertThat(Database.text(database, "SELECT string_agg(business_day || ' ' || orders || ' ' || last, ',') FROM (SELECT"
                + " business_day, count(*) AS orders, max(daily_num) AS last FROM cafe_order GROUP BY business_day"
                + " HAVING count(*) <> max(daily_num) OR min(daily_num) <> 1 OR count(DISTINCT daily_num) <> count(*)) AS wrong")).isNull();
    }

    private static String name() {
        return "t-" + UUID.randomUUID();
    }
}

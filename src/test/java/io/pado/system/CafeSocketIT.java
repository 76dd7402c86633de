package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /ws}: who hears what, from where on, and what may be said. */
@ExtendWith(TwoNodes.class)
class CafeSocketIT {

    private static final int PRICE = 4_000;
    private static final String[] FRAMES = {"order:created", "order:status_changed", "order:cancelled", "menu:sold_out_changed", "menu:changed",
        "cell:balance_changed", "settings:changed"};

    private final Cluster cluster;
    private final Cafe cafe;
    private final Login barista;
    private final Login kiosk;

    CafeSocketIT(Cluster cluster) {
        this.cluster = cluster;
        this.cafe = Cafe.of(cluster);
        this.barista = cluster.login("barista");
        this.kiosk = cluster.login("kiosk").at(cluster.b());
    }

    @Test
    void everyoneHearsOnAllNodesWhatConcernsThemAndNothingElse() {
        try (CafeSocket staff = CafeSocket.joined(cluster.a(), barista); CafeSocket admin = CafeSocket.joined(cluster.b(), cafe.admin());
                CafeSocket taking = CafeSocket.joined(cluster.a(), kiosk); CafeSocket nobody = CafeSocket.joined(cluster.b());
                CafeSocket user = CafeSocket.joined(cluster.a(), cluster.login("user1"))) {
            long menu = cafe.menu(PRICE);
            long cell = cafe.cell(PRICE);
            String id = Cafe.order(kiosk, Cafe.byCell(cell, menu, 1)).getString("orderId");
            Cafe.step(barista, id, "MAKING");
            Cafe.ok(Cafe.cancel(barista, id));
            cafe.soldOut(menu, true);
            cafe.set("barista_note", "note-" + id);
            cafe.set("notice", "notice-" + id);

            for (CafeSocket each : List.of(staff, admin)) {
                each.first("settings:changed", "value", "notice-" + id);
                assertThat(each.heard("orderId", id)).containsExactly("order:created", "order:status_changed", "order:cancelled");
                assertThat(each.heard("cellId", cell)).hasSize(3).containsOnly("cell:balance_changed");
                assertThat(each.heard("value", "note-" + id)).containsExactly("settings:changed");
                assertThat(each.heard("menuId", menu)).containsExactly("menu:sold_out_changed");
                assertThat(each.heard("id", menu)).containsExactly("menu:changed");
            }
            for (CafeSocket each : List.of(taking, nobody, user)) {
                each.first("settings:changed", "value", "notice-" + id);
                assertThat(each.heard("orderId", id)).containsExactly("order:status_changed", "order:status_changed");
                assertThat(each.first("order:status_changed", "status", "CANCELLED").toString()).doesNotContain("고객 요청");
                assertThat(each.heard("cellId", cell)).isEmpty();
                assertThat(each.heard("value", "note-" + id)).isEmpty();
                assertThat(each.heard("menuId", menu)).containsExactly("menu:sold_out_changed");
                assertThat(each.heard("id", menu)).containsExactly("menu:changed");
            }
            assertFramesAreThoseOfTheContract(staff);
        }
    }

    private static void assertFramesAreThoseOfTheContract(CafeSocket staff) {
        for (String event : FRAMES) {
            JsonObject sample = Samples.of("system2", event.replace(':', '_'));
            List<JsonObject> sent = staff.frames().stream().filter(frame -> CafeSocket.is(frame, event)).toList();
            assertThat(sent).as(event).isNotEmpty().allSatisfy(frame -> {
                assertThat(frame.keySet()).containsExactly("event", "data", "id");
                assertThat(frame.getJsonObject("data").keySet()).isEqualTo(sample.getJsonObject("data").keySet());
            });
        }
    }

    @Test
    void clientThatSaysNothingGetsNothingButEventsAndPings() {
        try (CafeSocket plain = CafeSocket.open(cluster.b(), "/ws")) {
            cafe.set("notice", "plain");
            cafe.set("notice", "");
            plain.first("settings:changed", "value", "");
            plain.socket().awaitPing();

            assertThat(plain.frames()).extracting(frame -> frame.getString("event")).containsOnly("settings:changed");
        }
    }

    @Test
    void clientGoesOnWhereItWasOnTheOtherNodeByAddressHeaderOrCommand() {
        long menu = cafe.menu(PRICE);
        String last;
        try (CafeSocket staff = CafeSocket.joined(cluster.a(), barista)) {
            String before = Cafe.order(kiosk, Cafe.byCard(menu, 1)).getString("orderId");
            last = staff.first("order:created", "orderId", before).getString("id");
        }
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            missed.add(Cafe.order(kiosk, Cafe.byCard(menu, 1)).getString("orderId"));
            Cafe.step(barista, missed.get(i), "MAKING");
        }
        try (CafeSocket address = CafeSocket.open(cluster.b(), "/ws?last_event_id=" + last + "&token=" + barista.token());
                CafeSocket header = CafeSocket.open(cluster.b(), "/ws?token=" + barista.token(), "Last-Event-ID", last);
                CafeSocket command = new CafeSocket(Socket.with(cluster.b(), "/ws", barista))) {
            command.socket().say("{\"action\":\"resume\",\"lastEventId\":\"" + last + "\"}");
            missed.add(Cafe.order(kiosk, Cafe.byCard(menu, 1)).getString("orderId"));
            for (CafeSocket each : List.of(address, header, command)) {
                each.first("order:created", "orderId", missed.get(5));
                JsonObject joined = each.first(frame -> CafeSocket.is(frame, "joined"));
                assertThat(joined.getString("id")).isEqualTo(last);
                assertThat(joined.getJsonObject("data").keySet()).isEqualTo(Samples.of("system2", "joined").getJsonObject("data").keySet());
                assertThat(joined.getJsonObject("data").getBoolean("recovered")).isTrue();
                List<JsonObject> after = each.frames().subList(each.frames().indexOf(joined) + 1, each.frames().size());
                assertThat(after.stream().filter(frame -> CafeSocket.is(frame, "order:created"))
                        .map(frame -> frame.getJsonObject("data").getString("orderId"))).containsExactlyElementsOf(missed);
                assertThat(after.stream().filter(frame -> CafeSocket.is(frame, "order:status_changed"))).hasSize(5);
            }
        }
    }

    @Test
    void idThatIsUnknownHereIsAnsweredByAReset() {
        try (CafeSocket nobody = CafeSocket.joined(cluster.a())) {
            JsonObject joined = nobody.ask("{\"action\":\"resume\",\"lastEventId\":\"zzzz-1\"}", "joined");
            JsonObject reset = nobody.first(frame -> CafeSocket.is(frame, "reset"));

            assertThat(joined.getJsonObject("data").getBoolean("recovered")).isFalse();
            assertThat(reset.getJsonObject("data").getString("reason")).isEqualTo("unknown-id");
            assertThat(CafeSocket.texts(reset.getJsonObject("data"), "events"))
                    .containsExactly("menu:changed", "menu:sold_out_changed", "order:status_changed", "settings:changed");
        }
    }

    @Test
    void clientChoosesEventsOfThoseItMayHearAndMissesNoneThatItKeeps() {
        try (CafeSocket staff = CafeSocket.joined(cluster.a(), barista); CafeSocket nobody = CafeSocket.joined(cluster.b())) {
            assertThat(subscribe(staff, "order:*", "menu:changed"))
                    .containsExactly("menu:changed", "order:cancelled", "order:created", "order:status_changed");
            assertThat(subscribe(staff, "cell:*", "order:created")).containsExactly("cell:balance_changed", "order:created");
            assertThat(subscribe(nobody, "*"))
                    .containsExactly("menu:changed", "menu:sold_out_changed", "order:status_changed", "settings:changed");
            JsonObject refused = nobody.ask("{\"action\":\"subscribe\",\"events\":[\"order:created\"]}", "error").getJsonObject("data");
            assertThat(refused.getInt("status")).isEqualTo(422);
            assertThat(refused.toString()).contains("order:status_changed", "settings:changed");

            long menu = cafe.menu(PRICE);
            long cell = cafe.cell(PRICE);
            String id = Cafe.order(kiosk, Cafe.byCell(cell, menu, 1)).getString("orderId");
            Cafe.step(barista, id, "MAKING");
            // Told after the step itself; from now on it is in the past.
            nobody.first("order:status_changed", "orderId", id);
            assertThat(subscribe(staff, "order:*")).containsExactly("order:cancelled", "order:created", "order:status_changed");
            Cafe.ok(Cafe.cancel(barista, id));

            staff.first("order:cancelled", "orderId", id);
            assertThat(staff.heard("orderId", id)).containsExactly("order:created", "order:cancelled");
            assertThat(staff.heard("id", menu)).isEmpty();
        }
    }

    private static List<String> subscribe(CafeSocket socket, String... patterns) {
        String command = "{\"action\":\"subscribe\",\"events\":[\"" + String.join("\",\"", patterns) + "\"]}";
        JsonObject answer = socket.ask(command, "subscribed", "error");
        return answer.getJsonObject("data").getJsonArray("events").getValuesAs(JsonString::getString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"400|bad-json|no json", "400|bad-json|[]", "400|unknown-action|{}",
        "400|unknown-action|{\"action\":\"publish\"}",
        "400|unknown-action|{\"action\":7}", "422|invalid|{\"action\":\"resume\"}", "400|bad-json|{\"action\":\"resume\",\"lastEventId\":7}",
        "422|invalid|{\"action\":\"subscribe\"}", "422|invalid|{\"action\":\"subscribe\",\"events\":[]}",
        "400|bad-json|{\"action\":\"subscribe\",\"events\":\"order:*\"}", "422|invalid|{\"action\":\"subscribe\",\"events\":[\"order\"]}"})
    void messageThatIsNoCommandIsAnsweredAndTheConnectionStays(int status, String code, String message) {
        try (CafeSocket socket = CafeSocket.joined(cluster.a())) {
            JsonObject error = socket.ask(message, "error");

            assertThat(error.keySet()).containsExactly("event", "data");
            assertThat(error.getJsonObject("data").keySet()).isEqualTo(Samples.of("system2", "error").getJsonObject("data").keySet());
            assertThat(error.getJsonObject("data").getInt("status")).isEqualTo(status);
            assertThat(error.getJsonObject("data").getString("type")).isEqualTo("urn:pado:problem:" + code);
            assertThat(socket.ask("{\"action\":\"ping\"}", "pong")).isEqualTo(Samples.of("system2", "pong"));
        }
    }

    @Test
    void whatIsNoTextOrTooLongOrTooMuchEndsTheConnectionWithItsCode() {
        try (CafeSocket binary = CafeSocket.open(cluster.a(), "/ws"); CafeSocket large = CafeSocket.open(cluster.a(), "/ws");
                CafeSocket whole = CafeSocket.joined(cluster.a())) {
            binary.socket().sayBinary();
            assertThat(binary.socket().awaitClose()).isEqualTo(1003);
            assertThat(whole.ask("x".repeat(16 * 1024), "error").getJsonObject("data").getInt("status")).isEqualTo(400);
            large.socket().say("x".repeat(16 * 1024 + 1));
            assertThat(large.socket().awaitClose()).isEqualTo(1009);
        }
        try (CafeSocket flooding = CafeSocket.open(cluster.a(), "/ws")) {
            assertThatThrownBy(() -> {
                for (int i = 0; i < 100_000; i++) {
                    flooding.socket().say("{\"action\":\"ping\"}");
                }
            }).isInstanceOf(CompletionException.class);
            assertThat(flooding.socket().awaitClose()).isEqualTo(1008);
            assertThat(flooding.frames().stream().filter(frame -> CafeSocket.is(frame, "pong")).count()).isLessThan(10_000);
        }
    }

    @Test
    void pagesOfForeignOriginsBadTokensAndPlainRequestsOpenNothing() {
        assertThatThrownBy(() -> CafeSocket.open(cluster.a(), "/ws", "Origin", "https://evil.example")).hasStackTraceContaining("403");
        assertThatThrownBy(() -> CafeSocket.open(cluster.a(), "/ws?token=x")).hasStackTraceContaining("401");
        Problems.assertIs(426, Http.get(cluster.a(), "/ws"));
    }
}

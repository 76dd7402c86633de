package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /live}: topics over a WebSocket. */
@ExtendWith(TwoNodes.class)
class LiveIT {

    private static final Duration ON_ALL_NODES = Duration.ofSeconds(1);

    private final Cluster cluster;

    LiveIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void eventsReachTheSubscribersOfTheirTopicOnAllNodesInOrder() {
        String topic = topic("public");
        Login publisher = Login.of(cluster.a(), "publisher");
        try (Live a = Live.open(cluster.a(), "/live"); Live b = Live.open(cluster.b(), "/live"); Live other = Live.open(cluster.b(), "/live")) {
            assertThat(a.subscribe(topic).getBoolean("recovered")).isFalse();
            b.subscribe(topic);
            other.subscribe(topic("public"));
            List<String> ids = IntStream.range(0, 50).mapToObj(i -> publish(publisher, topic, i)).toList();

            for (Live live : List.of(a, b)) {
                live.first(message -> Live.is(message, "event") && message.getString("id").equals(ids.get(49)));
                assertThat(live.events()).extracting(event -> event.getString("id")).containsExactlyElementsOf(ids);
                assertThat(live.events().get(7).getJsonObject("data").getInt("n")).isEqualTo(7);
                assertThat(live.events().get(7).keySet()).containsExactly("type", "id", "topic", "event", "time", "data");
            }
            assertThat(other.events()).isEmpty();
        }
    }

    @Test
    void readerGoesOnWhereItWasOnTheOtherNode() {
        String topic = topic("public");
        Login publisher = Login.of(cluster.a(), "publisher");
        String first;
        try (Live live = Live.open(cluster.a(), "/live")) {
            live.subscribe(topic);
            first = publish(publisher, topic, 1);
            live.first(message -> Live.is(message, "event"));
        }
        List<String> missed = List.of(publish(publisher, topic, 2), publish(publisher, topic, 3));
        try (Live live = Live.open(cluster.b(), "/live")) {
            JsonObject joined = live.ask("{\"type\":\"resume\",\"positions\":{\"" + topic + "\":\"" + first + "\"}}");
            String last = publish(publisher, topic, 4);

            assertThat(joined.getBoolean("recovered")).isTrue();
            assertThat(joined.getJsonArray("gaps")).isEmpty();
            live.first(message -> Live.is(message, "event") && message.getString("id").equals(last));
            assertThat(live.events()).extracting(event -> event.getString("id")).containsExactly(missed.get(0), missed.get(1), last);

            assertThat(live.ask("{\"type\":\"resume\",\"positions\":{\"" + topic + "\":\"zzzz-1\"}}").getBoolean("recovered")).isFalse();
            assertThat(live.first(message -> Live.is(message, "reset")).getJsonArray("topics").getString(0)).isEqualTo(topic);
        }
    }

    @Test
    void whoLeavesATopicHearsNoMoreOfIt() {
        String left = topic("public");
        String kept = topic("public");
        Login publisher = Login.of(cluster.a(), "publisher");
        try (Live live = Live.open(cluster.b(), "/live")) {
            live.subscribe(left);
            live.subscribe(kept);
            assertThat(live.ask("{\"type\":\"unsubscribe\",\"topics\":[\"" + left + "\"]}").getJsonArray("topics").getString(0)).isEqualTo(left);
            publish(publisher, left, 1);
            publish(publisher, kept, 2);

            live.first(message -> Live.is(message, "event"));
            assertThat(live.events()).extracting(event -> event.getString("topic")).containsExactly(kept);
        }
    }

    @Test
    void tokenComesAsSubProtocolHeaderTicketOrQueryAndDecidesWhatMayBeRead() {
        Login user = Login.of(cluster.a(), "user1");
        String ticket = Http.json(user.post("/api/auth/tickets", "").body()).getString("ticket");
        try (Live protocol = Live.with(cluster.b(), user);
                Live header = Live.open(cluster.b(), "/live", "Authorization", "Bearer " + user.token());
                Live byTicket = Live.open(cluster.b(), "/live?ticket=" + ticket);
                Live query = Live.open(cluster.b(), "/live?token=" + user.token());
                Live nobody = Live.open(cluster.b(), "/live")) {
            assertThat(protocol.socket().subprotocol()).isEqualTo("pado");
            for (Live live : List.of(protocol, header, byTicket, query)) {
                JsonObject welcome = live.messages().get(0);
                assertThat(welcome.keySet()).isEqualTo(Samples.generic("welcome").keySet());
                assertThat(welcome.getInt("userId")).isEqualTo((int) user.userId());
                assertThat(welcome.getJsonArray("roles").getValuesAs(JsonString::getString)).containsExactly("user");
                assertThat(live.subscribe("app:x").getString("type")).isEqualTo("joined");
                assertThat(live.subscribe("user:" + user.userId()).getString("type")).isEqualTo("joined");
                assertRefused(403, live.subscribe("user:" + (user.userId() + 1)));
            }
            assertRefused(401, nobody.subscribe("app:x"));
            assertRefused(404, nobody.subscribe("nothing"));
            assertRefused(400, nobody.subscribe("Not a topic"));
        }
    }

    @Test
    void publishingIsForWhomTheTopicLets() {
        String topic = topic("app");
        Login login = Login.of(cluster.a(), "publisher");
        try (Live publisher = Live.with(cluster.a(), login); Live user = Live.with(cluster.b(), Login.of(cluster.a(), "user1"))) {
            user.subscribe(topic);
            String command = "{\"type\":\"publish\",\"topic\":\"" + topic + "\",\"event\":\"said\",\"data\":[1],\"once\":\"" + UUID.randomUUID() + "\"}";

            JsonObject published = publisher.ask(command);

            assertThat(user.first(message -> Live.is(message, "event")).getString("id")).isEqualTo(published.getString("id"));
            assertThat(publisher.ask(command).getString("id")).isEqualTo(published.getString("id"));
            assertRefused(409, publisher.ask(command.replace("[1]", "[2]")));
            assertRefused(403, user.ask(command));
            assertRefused(422, publisher.ask("{\"type\":\"publish\",\"topic\":\"" + topic + "\"}"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"400|no json", "400|[]", "400|{}", "400|{\"type\":7}", "400|{\"type\":\"nothing\"}",
        "422|{\"type\":\"subscribe\"}", "422|{\"type\":\"subscribe\",\"topics\":[]}", "400|{\"type\":\"subscribe\",\"topics\":\"a\"}",
        "400|{\"type\":\"subscribe\",\"topics\":[7]}", "422|{\"type\":\"resume\"}", "422|{\"type\":\"resume\",\"positions\":{\"votes\":7}}",
        "401|{\"type\":\"publish\",\"topic\":\"public:x\",\"data\":1}"})
    void messageThatIsNoCommandIsAnsweredAndTheConnectionStays(int status, String message) {
        try (Live live = Live.open(cluster.a(), "/live")) {
            live.say(message);
            assertRefused(status, live.first(answer -> Live.is(answer, "error")));
            assertThat(live.ask("{\"type\":\"ping\"}").getString("type")).isEqualTo("pong");
            live.socket().ping("p");
            live.socket().awaitPong("p");
        }
    }

    /** It comes back with each topic. */
    @Test
    void longRefIsRefusedOnce() {
        try (Live live = Live.open(cluster.a(), "/live")) {
            live.say("{\"type\":\"subscribe\",\"topics\":[\"no:1\",\"no:2\"],\"ref\":\"" + "r".repeat(199) + "\"}");
            assertRefused(422, live.first(answer -> Live.is(answer, "error")));
            assertThat(live.subscribe("no:3").getString("topic")).isEqualTo("no:3");
            assertThat(live.messages().stream().filter(answer -> Live.is(answer, "error"))).hasSize(2);
        }
    }

    @Test
    void whatIsNoTextOrTooLongOrTooMuchEndsTheConnectionWithACode() {
        try (Live binary = Live.open(cluster.a(), "/live"); Live large = Live.open(cluster.a(), "/live");
                Live flooding = Live.open(cluster.a(), "/live")) {
            binary.socket().sayBinary();
            assertThat(binary.socket().awaitClose()).isEqualTo(1003);
            assertThat(isRefused(large, "x".repeat(10_000_000))).isTrue();
            assertThatThrownBy(() -> {
                for (int i = 0; i < 100_000; i++) {
                    flooding.say("{\"type\":\"ping\"}");
                }
            }).isInstanceOf(CompletionException.class);
            assertThat(flooding.socket().awaitClose()).isEqualTo(1008);
            assertThat(flooding.socket().closeReason()).isEqualTo("flooding");
        }
    }

    @Test
    void whatTheNetworkHeldUpMayComeAtOnce() {
        int heldUp = 700;
        try (Live live = Live.open(cluster.a(), "/live")) {
            await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(30)).until(() -> !live.socket().closed());
            for (int i = 0; i < heldUp; i++) {
                live.say("{\"type\":\"ping\"}");
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> live.messages().stream().filter(message -> Live.is(message, "pong")).count() == heldUp);
            assertThat(live.socket().closed()).isFalse();
        }
    }

    /** The server may read no more before its last words are heard; then it is the sending that fails. */
    private static boolean isRefused(Live live, String text) {
        try {
            live.say(text).say("x");
        } catch (CompletionException ended) {
            return true;
        }
        return live.socket().awaitClose() == 1009;
    }

    @Test
    void pagesOfForeignOriginsAndBadTokensOpenNothing() {
        assertThatThrownBy(() -> Live.open(cluster.a(), "/live", "Origin", "https://evil.example")).hasStackTraceContaining("403");
        assertThatThrownBy(() -> Live.open(cluster.a(), "/live?token=x")).hasStackTraceContaining("401");
        try (Live allowed = Live.open(cluster.a(), "/live", "Origin", Cluster.ALLOWED_ORIGIN)) {
            assertThat(allowed.socket().closed()).isFalse();
        }
    }

    @Test
    void requestThatOpensNoWebSocketIsToldHowTo() {
        HttpResponse<String> answer = Http.get(cluster.a(), "/live");
        Problems.assertIs(426, answer);
        assertThat(answer.headers().firstValue("Sec-WebSocket-Version")).hasValue("13");
    }

    @Test
    void logoutClosesTheConnectionWithinASecondOnBothNodes() {
        Login login = Login.of(cluster.a(), "user2");
        try (Live a = Live.with(cluster.a(), login); Live b = Live.with(cluster.b(), login)) {
            login.post("/api/auth/logout", "");

            for (Live live : List.of(a, b)) {
                await().atMost(ON_ALL_NODES).pollInterval(Duration.ofMillis(20)).until(live.socket()::closed);
                assertThat(live.socket().awaitClose()).isEqualTo(1008);
                assertThat(live.first(message -> Live.is(message, "closing")).getString("reason")).isEqualTo("logged-out");
            }
        }
    }

    static String publish(Login publisher, String topic, int number) {
        HttpResponse<String> answer = publisher.post("/api/topics/" + topic + "/events", "{\"event\":\"said\",\"data\":{\"n\":" + number + "}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Http.json(answer.body()).getString("id");
    }

    static String topic(String word) {
        return word + ':' + UUID.randomUUID();
    }

    private static void assertRefused(int status, JsonObject answer) {
        assertThat(answer.getString("type")).as(answer.toString()).isEqualTo("error");
        assertThat(answer.getJsonObject("problem").getInt("status")).as(answer.toString()).isEqualTo(status);
        assertThat(answer.getJsonObject("problem").getString("detail")).isNotBlank();
    }
}

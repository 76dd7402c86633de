package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Topics of applications without code here: published by REST, heard as a stream, read back. */
@ExtendWith(TwoNodes.class)
class TopicsIT {

    /** One comes every 12 s. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private final Cluster cluster;
    private final Login publisher;

    TopicsIT(Cluster cluster) {
        this.cluster = cluster;
        this.publisher = Login.of(cluster.a(), "publisher");
    }

    @Test
    void oneStreamCarriesManyTopicsAndResumesByOneIdOnTheOtherNode() {
        String one = LiveIT.topic("public");
        String two = LiveIT.topic("app");
        String path = "/api/stream?topic=" + one + "&topic=" + two + "&token=" + Login.of(cluster.a(), "user1").token();
        String first;
        try (Stream stream = joined(Stream.open(cluster.a(), path))) {
            JsonObject joined = stream.events().get(0).json();
            assertThat(joined.keySet()).isEqualTo(Samples.generic("joined").keySet());
            assertThat(joined.getBoolean("recovered")).isFalse();
            first = LiveIT.publish(publisher, one, 1);
            assertThat(stream.first(e -> e.is("event")).id()).isEqualTo(first);
        }
        List<String> missed = List.of(LiveIT.publish(publisher, two, 2), LiveIT.publish(publisher, one, 3));
        try (Stream stream = joined(Stream.open(cluster.b(), path, first))) {
            String last = LiveIT.publish(publisher, two, 4);
            stream.first(e -> e.id().equals(last));
            assertThat(stream.events().get(0).json().getBoolean("recovered")).isTrue();
            assertThat(stream.events(e -> e.is("event"))).extracting(SseEvent::id).containsExactly(missed.get(0), missed.get(1), last);
        }
    }

    @Test
    void heartbeatsCarryTheLastEventOfAllTopics() {
        String one = LiveIT.topic("public");
        String two = LiveIT.topic("public");
        try (Stream stream = joined(Stream.open(cluster.a(), "/api/stream?topic=" + one + "&topic=" + two));
                Live live = Live.open(cluster.b(), "/live")) {
            live.subscribe(one);
            String first = LiveIT.publish(publisher, one, 1);
            String last = LiveIT.publish(publisher, two, 2);

            await().atMost(HEARTBEAT).until(() -> stream.comments().contains("hb " + last));
            JsonObject heartbeat = live.first(message -> Live.is(message, "heartbeat") && message.containsKey("id"));
            assertThat(heartbeat.keySet()).isEqualTo(Samples.generic("heartbeat").keySet());
            assertThat(heartbeat.getString("id")).isEqualTo(first);
        }
    }

    @Test
    void historyIsReadBackPageByPage() {
        String topic = LiveIT.topic("app");
        List<String> ids = IntStream.range(0, 25).mapToObj(i -> LiveIT.publish(publisher, topic, i)).toList();
        Login user = Login.of(cluster.b(), "user1");

        JsonObject page = Http.json(user.get("/api/topics/" + topic + "/events?limit=10").body());
        assertThat(page.getBoolean("complete")).isFalse();
        assertThat(ids(page)).containsExactlyElementsOf(ids.subList(0, 10));
        assertThat(page.getString("id")).isEqualTo(ids.get(9));
        JsonObject rest = Http.json(user.get("/api/topics/" + topic + "/events?after=" + page.getString("id")).body());
        assertThat(ids(rest)).containsExactlyElementsOf(ids.subList(10, 25));
        assertThat(rest.getBoolean("complete")).isTrue();
        assertThat(rest.getBoolean("gap")).isFalse();

        JsonObject strange = Http.json(user.get("/api/topics/" + topic + "/events?after=zzzz-5").body());
        assertThat(strange.getBoolean("gap")).isTrue();
        assertThat(ids(strange)).isEmpty();
    }

    /** A client that does not read its answer must not hold much. */
    @Test
    void pageOfLargeEventsIsShort() {
        String topic = LiveIT.topic("public");
        for (int i = 0; i < 4; i++) {
            publisher.post("/api/topics/" + topic + "/events", "{\"data\":\"" + "x".repeat(100_000) + "\"}");
        }
        List<String> read = new ArrayList<>();
        JsonObject page = Http.json(Http.get(cluster.b(), "/api/topics/" + topic + "/events").body());
        assertThat(ids(page)).hasSizeBetween(2, 3);
        read.addAll(ids(page));
        while (!page.getBoolean("complete")) {
            page = Http.json(Http.get(cluster.b(), "/api/topics/" + topic + "/events?after=" + page.getString("id")).body());
            read.addAll(ids(page));
        }
        assertThat(read).doesNotHaveDuplicates().hasSize(4);
    }

    @Test
    void sameIdempotencyKeyIsTheSameEventAndNoOther() {
        String topic = LiveIT.topic("public");
        String key = UUID.randomUUID().toString();
        HttpResponse<String> first = publish(topic, key, "{\"data\":1}");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(publish(topic, key, "{\"data\":1}").body()).isEqualTo(first.body());
        Problems.assertIs(409, publish(topic, key, "{\"data\":2}"));
        Problems.assertIs(400, publish(topic, "x".repeat(201), "{\"data\":2}"));
        assertThat(ids(Http.json(Http.get(cluster.b(), "/api/topics/" + topic + "/events").body()))).hasSize(1);
    }

    /** Those that come together share their steps in Redis. Each key comes four times: for three of the same event, and for another one. */
    @Test
    void eachOfManyKeysAtOnceIsOneEventAndTheOthersAreUnharmed() {
        String topic = LiveIT.topic("public");
        String round = UUID.randomUUID().toString();
        int keys = 30;
        Map<Integer, Set<String>> answers = new ConcurrentHashMap<>();
        Queue<Integer> refused = new ConcurrentLinkedQueue<>();
        Queue<Integer> unnamed = new ConcurrentLinkedQueue<>();
        Crowd.run(keys * 5, i -> {
            int key = i % keys;
            HttpResponse<String> answer = i / keys == 4 ? publisher.post("/api/topics/" + topic + "/events", "{\"data\":\"unnamed\"}")
                    : publish(topic, round + key, "{\"data\":" + (i / keys == 3 ? -1 : key) + '}');
            if (i / keys == 4) {
                unnamed.add(answer.statusCode());
            } else if (answer.statusCode() == 409) {
                refused.add(key);
            } else {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
                answers.computeIfAbsent(key, first -> ConcurrentHashMap.newKeySet()).add(answer.body());
            }
        });
        assertThat(unnamed).hasSize(keys).containsOnly(201);
        assertThat(answers).hasSize(keys).allSatisfy((key, bodies) -> assertThat(bodies).hasSize(1));
        // Whichever came first has the key: three of the same event, or the one other.
        assertThat(refused.size()).isBetween(keys, 3 * keys);
        assertThat(ids(Http.json(Http.get(cluster.b(), "/api/topics/" + topic + "/events?limit=1000").body()))).hasSize(2 * keys);
    }

    @Test
    void keyThatAForeignHandHasChangedIsLostAndTheEventIsNot() {
        String topic = LiveIT.topic("public");
        String key = UUID.randomUUID().toString();
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            redis.hset("pado:claim:user:" + publisher.userId() + ':' + key, "x", "y");
            HttpResponse<String> first = publish(topic, key, "{\"data\":1}");
            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
            assertThat(publish(topic, key, "{\"data\":1}").body()).isEqualTo(first.body());
        }
    }

    @Test
    void backEndReachesOneUser() {
        Login user = Login.of(cluster.b(), "user2");
        try (Stream stream = joined(Stream.open(cluster.b(), "/api/stream?topic=user:" + user.userId() + "&token=" + user.token()))) {
            LiveIT.publish(publisher, "user:" + user.userId(), 1);
            assertThat(stream.first(e -> e.is("event")).json().getString("event")).isEqualTo("said");
        }
        Problems.assertIs(403, user.post("/api/topics/user:" + user.userId() + "/events", "{\"data\":1}"));
        Problems.assertIs(403, publisher.get("/api/topics/user:" + user.userId() + "/events"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"400|", "400|[]", "422|{}", "422|{\"data\":null}", "400|{\"data\":1,\"event\":7}",
        "422|{\"data\":1,\"event\":\"two words\"}", "400|{\"data\":1,\"key\":[]}", "422|{\"data\":1,\"key\":\"a\\nb\"}",
        "422|{\"data\":1,\"key\":\"\\ud83d\"}"})
    void eventThatIsNoneIsRefused(int status, String body) {
        Problems.assertIs(status, publisher.post("/api/topics/public:x/events", body == null ? "" : body));
    }

    @Test
    void eventThatNoReadersQueueCouldHoldIsRefused() {
        Problems.assertIs(413, publisher.post("/api/topics/public:x/events", "{\"data\":\"" + "x".repeat(300_000) + "\"}"));
    }

    @ParameterizedTest
    @CsvSource({"404,nothing", "404,votes2:x", "400,Public:x", "400,public::x", "403,votes", "403,user:1"})
    void topicThatIsNotThereOrNotTheirsTakesNothingFromAUser(int status, String topic) {
        Problems.assertIs(status, Login.of(cluster.a(), "user1").post("/api/topics/" + topic + "/events", "{\"data\":1}"));
    }

    @Test
    void streamOfMoreTopicsThanItMayHaveIsRefused() {
        String hundred = IntStream.range(0, 100).mapToObj(i -> "topic=public:many-" + i).collect(Collectors.joining("&"));
        try (Stream stream = Stream.open(cluster.a(), "/api/stream?" + hundred)) {
            stream.first(event -> event.is("joined"));
        }
        Problems.assertIs(400, Http.get(cluster.a(), "/api/stream?" + hundred + "&topic=public:one-more"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/stream", "/api/stream?topic=", "/api/stream?topic=A", "/api/topics/public:x/events?after=x",
            "/api/topics/public:x/events?limit=0", "/api/topics/public:x/events?limit=1001", "/api/topics/public:x/events?limit=x"})
    void wrongQuestionsAreAnsweredWith400(String path) {
        Problems.assertIs(400, Http.get(cluster.a(), path));
    }

    private HttpResponse<String> publish(String topic, String key, String body) {
        return Http.send(HttpRequest.newBuilder(cluster.a().resolve("/api/topics/" + topic + "/events"))
                .header("Authorization", "Bearer " + publisher.token()).header("Content-Type", "application/json")
                .header("Idempotency-Key", key).POST(BodyPublishers.ofString(body)));
    }

    static Stream joined(Stream stream) {
        stream.first(e -> e.is("joined"));
        return stream;
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("events").getValuesAs(JsonObject.class).stream().map(event -> event.getString("id")).toList();
    }
}

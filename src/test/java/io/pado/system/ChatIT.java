package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;

/** Rooms and messages over REST, on two nodes at once, and among documents that other programs wrote. */
@ExtendWith(TwoNodes.class)
class ChatIT {

    private static final String ROOMS = "/api/chat/rooms";
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Cluster cluster;
    private final MongoClient mongo;
    private final MongoDatabase database;
    private Login one;
    private Login two;
    private Login three;

    ChatIT(Cluster cluster) {
        this.cluster = cluster;
        this.mongo = MongoClients.create(cluster.mongo().url() + "&uuidRepresentation=standard");
        this.database = mongo.getDatabase("pado");
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void whatIsSaidIsReadByWhoTakesPartOnly() {
        begin();
        JsonObject room = group(one, two);
        String messages = path(room) + "/messages";
        assertThat(room.keySet()).containsExactly("id", "name", "kind", "participants", "personaIds", "createdBy", "createdAt");

        JsonObject said = Cafe.created(two.post(messages, "{\"content\":\"안녕\\n\\t😀\"}"));

        assertThat(said.keySet()).containsExactly("id", "roomId", "senderId", "senderName", "senderType", "content", "createdAt");
        assertThat(said.getString("content")).isEqualTo("안녕\n\t😀");
        assertThat(said.getString("senderName") + said.getString("senderType") + said.getInt("senderId")).isEqualTo("Nuser" + two.userId());
        assertThat(said.getString("roomId")).isEqualTo(room.getString("id"));
        assertThat(items(one, messages)).containsExactly(said);
        assertThat(items(two, ROOMS)).containsExactly(room);
        Document stored = database.getCollection("chatmessages").find(Filters.eq(new ObjectId(said.getString("id")))).first();
        assertThat(stored.get("roomId")).isEqualTo(new ObjectId(room.getString("id")));
        for (Login stranger : List.of(three, cluster.login("admin"))) {
            Cafe.refused(404, "no-such-room", stranger.get(messages));
            Cafe.refused(404, "no-such-room", stranger.post(messages, "{\"content\":\"x\"}"));
            Cafe.refused(404, "no-such-room", stranger.post(path(room) + "/participants", "{\"userId\":" + stranger.userId() + '}'));
            Cafe.refused(404, "no-such-room", stranger.delete(path(room) + "/participants/" + one.userId()));
        }
    }

    @Test
    void twoHaveOneDirectRoomHoweverManyTimesTheyOpenIt() {
        begin();
        for (Login other : List.of(two, three, cluster.login("user1"), cluster.login("user2"), cluster.login("user3"), cluster.login("user4"))) {
            ConcurrentLinkedQueue<HttpResponse<String>> answers = new ConcurrentLinkedQueue<>();

            Crowd.run(16, i -> answers.add(i % 2 == 0 ? one.post(ROOMS, "{\"participants\":[" + other.userId() + "]}")
                    : other.at(cluster.b()).post(ROOMS, "{\"participants\":[%d,%d]}".formatted(one.userId(), other.userId()))));

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 201).containsOnlyOnce(201);
            assertThat(answers).extracting(answer -> Http.json(answer.body()).getString("id")).containsOnly(items(one, ROOMS).get(0).getString("id"));
        }
        JsonObject room = items(two, ROOMS).get(0);
        assertThat(room.getString("kind")).isEqualTo("direct");
        Cafe.refused(409, "direct-room", one.post(path(room) + "/participants", "{\"userId\":" + three.userId() + '}'));
        Cafe.refused(409, "direct-room", one.delete(path(room) + "/participants/" + one.userId()));
    }

    @Test
    void participantsComeAndGo() {
        begin();
        String room = path(group(one, two, three));
        String participants = room + "/participants";
        Login four = Login.anew(cluster.b());

        assertThat(Http.json(Cafe.ok(two.post(participants, "{\"userId\":" + four.userId() + '}'))).getJsonArray("participants")).hasSize(4);
        Cafe.ok(two.post(participants, "{\"userId\":" + four.userId() + '}', "key"));
        Cafe.ok(four.get(room + "/messages"));
        Cafe.refused(403, "forbidden", two.delete(participants + '/' + one.userId()));
        assertThat(one.delete(participants + '/' + four.userId()).statusCode()).isEqualTo(204);
        assertThat(one.delete(participants + '/' + four.userId()).statusCode()).isEqualTo(204);
        Cafe.refused(404, "no-such-room", four.get(room + "/messages"));
        assertThat(three.delete(participants + '/' + three.userId()).statusCode()).isEqualTo(204);
        Cafe.refused(404, "no-such-room", three.delete(participants + '/' + three.userId()));
        Cafe.refused(422, "invalid", one.post(participants, "{\"userId\":999999999}"));
        assertThat(items(three, ROOMS)).isEmpty();
        assertThat(items(one, ROOMS).get(0).getJsonArray("participants")).hasSize(2);
    }

    /** Whoever is put into very many rooms would not hear their older ones any more. */
    @Test
    void groupsThatOneUserCreatesAreLimitedWhileSomebodyIsInThem() {
        begin();
        String body = "{\"participants\":[%d,%d]}".formatted(two.userId(), three.userId());
        String key = UUID.randomUUID().toString();
        JsonObject first = Cafe.created(one.post(ROOMS, body, key));
        database.getCollection("chatrooms").insertMany(LongStream.range(1, 500).mapToObj(i -> new Document("kind", "group").append("createdBy", one.userId())
                .append("participants", List.of(two.userId())).append("createdAt", new Date())).toList());
        try {
            Cafe.refused(409, "too-many-rooms", one.at(cluster.b()).post(ROOMS, body));
            Cafe.refused(409, "too-many-rooms", one.post(ROOMS, "{\"kind\":\"group\",\"personaIds\":[1],\"memberIds\":[%d]}".formatted(two.userId())));
            assertThat(Cafe.created(one.post(ROOMS, body, key))).as("the same again").isEqualTo(first);
            Cafe.created(one.post(ROOMS, "{\"participants\":[" + two.userId() + "]}"));
            Cafe.refused(409, "too-many-rooms", one.post(ROOMS, "{\"kind\":\"one_on_one\",\"personaIds\":[1]}"));
            Cafe.created(two.post(ROOMS, body));

            for (Login each : List.of(two, three, one)) {
                assertThat(one.delete(path(first) + "/participants/" + each.userId()).statusCode()).isEqualTo(204);
            }
            Cafe.created(one.post(ROOMS, body));
        } finally {
            database.getCollection("chatrooms").deleteMany(Filters.eq("createdBy", one.userId()));
        }
    }

    /** Whoever opens and leaves rooms all the time would fill the stores. */
    @Test
    void roomThatAllHaveLeftIsKeptForWhatWasSaidInItOnly() {
        begin();
        List<JsonObject> rooms = List.of(group(one, two), group(one, two));
        List<String> states = rooms.stream().map(room -> "pado:feed:state:chatrooms:" + room.getString("id")).toList();
        Cafe.created(one.post(path(rooms.get(0)) + "/messages", "{\"content\":\"x\"}"));
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            await().atMost(SOON).until(() -> states.stream().allMatch(redis::exists));
            for (JsonObject room : rooms) {
                for (long each : List.of(two.userId(), cluster.login("user5").userId(), one.userId())) {
                    assertThat(one.delete(path(room) + "/participants/" + each).statusCode()).isEqualTo(204);
                }
            }
            long day = Duration.ofDays(1).toMillis();
            await().atMost(SOON).until(() -> redis.pttl(states.get(0)) <= day && !redis.exists(states.get(1)));
            assertThat(redis.pttl(states.get(0))).as("for changes that are still to come").isPositive();
        }
        assertThat(rooms.stream().map(room -> database.getCollection("chatrooms").find(Filters.eq(new ObjectId(room.getString("id")))).first() != null))
                .containsExactly(true, false);
    }

    /** Or as many rooms as one may have created would be used up once and for all. */
    @Test
    void whoIsAloneWithACharacterMayLeave() {
        begin();
        JsonObject room = Cafe.created(one.post(ROOMS, "{\"kind\":\"one_on_one\",\"personaIds\":[1]}"));
        Cafe.refused(409, "direct-room", one.delete(path(room) + "/participants/" + two.userId()));
        assertThat(one.delete(path(room) + "/participants/" + one.userId()).statusCode()).isEqualTo(204);
        Cafe.refused(404, "no-such-room", one.get(path(room) + "/messages"));
    }

    @Test
    void messagesArePagedWhoeverWroteThem() {
        begin();
        JsonObject room = group(one, two);
        Object id = new ObjectId(room.getString("id"));
        List<Document> foreign = new ArrayList<>(List.of(new Document("_id", UUID.randomUUID()).append("roomId", id).append("createdAt", "2026-01-01"),
                new Document("_id", new Document("n", UUID.randomUUID())).append("roomId", room.getString("id")).append("content", 7),
                new Document("_id", UUID.randomUUID().toString()).append("roomId", id).append("createdAt", List.of(new Date())).append("senderId", "x"),
                new Document("roomId", id).append("createdAt", new Date(5)).append("content", new Document("a", 1)).append("senderName", List.of())));
        LongStream.range(0, 20).forEach(i -> foreign.add(new Document("_id", "m-" + UUID.randomUUID()).append("roomId", id)
                .append("createdAt", new Date(1_000)).append("content", "same time")));
        database.getCollection("chatmessages").insertMany(foreign);
        Crowd.run(10, i -> Cafe.created(one.post(path(room) + "/messages", "{\"content\":\"" + i + "\"}")));

        List<JsonObject> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = Http.json(Cafe.ok(two.get(path(room) + "/messages?limit=4&cursor=" + cursor)));
            all.addAll(page.getJsonArray("items").getValuesAs(JsonObject.class));
            cursor = page.getString("next", "");
        } while (!cursor.isEmpty());

        assertThat(all).hasSize(34);
        assertThat(all).extracting(message -> message.getString("id")).doesNotHaveDuplicates();
        assertThat(all.subList(0, 10)).extracting(message -> message.getInt("senderId")).containsOnly((int) one.userId());
    }

    @Test
    void roomsOfOtherProgramsWorkAsFarAsTheyCanBeUnderstood() {
        begin();
        String id = "r-" + one.userId();
        database.getCollection("chatrooms").insertMany(List.of(new Document("_id", id).append("participants", Long.toString(one.userId())),
                new Document("_id", one.userId()).append("participants", Arrays.asList(null, "x", (int) one.userId(), (double) two.userId()))
                        .append("kind", "direct").append("createdBy", List.of()).append("name", new Document()),
                new Document("participants", new Document("a", one.userId()))));

        assertThat(items(one, ROOMS)).hasSize(2);
        assertThat(items(two, ROOMS)).hasSize(1);
        Cafe.created(one.post(ROOMS + '/' + id + "/messages", "{\"content\":\"x\"}"));
        assertThat(Http.json(Cafe.ok(one.post(ROOMS, "{\"participants\":[" + two.userId() + "]}"))).getString("id"))
                .isEqualTo(Long.toString(one.userId()));
        assertThat(Http.json(Cafe.ok(one.post(ROOMS + '/' + id + "/participants", "{\"userId\":" + three.userId() + '}')))
                .getJsonArray("participants")).hasSize(2);
        assertThat(three.delete(ROOMS + '/' + id + "/participants/" + three.userId()).statusCode()).isEqualTo(204);

        database.getCollection("chatrooms").insertOne(new Document("_id", "full-" + id).append("participants",
                LongStream.range(0, 500).mapToObj(i -> i == 7 ? one.userId() : 10_000_000 + i).toList()));
        Cafe.refused(409, "room-full", one.post(ROOMS + "/full-" + id + "/participants", "{\"userId\":" + two.userId() + '}'));
    }

    @Test
    void sameKeyIsTheSameRoomAndTheSameMessage() {
        begin();
        String key = UUID.randomUUID().toString();
        String room = "{\"participants\":[%d,%d]}".formatted(two.userId(), three.userId());
        HttpResponse<String> first = one.post(ROOMS, room, key);
        String messages = path(Cafe.created(first)) + "/messages";
        Cafe.ok(one.post(path(Http.json(first.body())) + "/participants", "{\"userId\":" + Login.anew(cluster.a()).userId() + '}'));
        ConcurrentLinkedQueue<HttpResponse<String>> answers = new ConcurrentLinkedQueue<>();

        Crowd.run(10, i -> answers.add(one.at(i % 2 == 0 ? cluster.a() : cluster.b()).post(messages, "{\"content\":\"x\"}", key)));

        assertThat(one.at(cluster.b()).post(ROOMS, room, key).body()).isEqualTo(first.body());
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
        assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.peek().body());
        assertThat(items(two, messages)).hasSize(1);
        Cafe.refused(409, "idempotency-key-reused", one.post(messages, "{\"content\":\"y\"}", key));
        Cafe.created(two.post(messages, "{\"content\":\"x\"}", key));
        String pair = "{\"participants\":[" + two.userId() + "]}";
        assertThat(Cafe.created(one.post(ROOMS, pair, key + 2))).isEqualTo(Cafe.created(one.post(ROOMS, pair, key + 2)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {"422|invalid||{}", "422|invalid||{'participants':[]}", "422|invalid||{'participants':[ME]}",
        "422|invalid||{'participants':[999999999]}", "400|bad-json||{'participants':['7']}", "400|bad-json||{'participants':[1.5]}",
        "400|bad-json||{'participants':7}", "400|bad-json||{'participants':[99999999999999999999]}", "422|invalid||{'participants':[1],'name':'a\\nb'}",
        "422|invalid|/ROOM/messages|{'content':' \\n'}", "422|invalid|/ROOM/messages|{'content':'a\\u0000'}", "422|invalid|/ROOM/messages|{}",
        "422|invalid|/ROOM/messages|{'content':'\\ud800'}", "400|bad-json|/ROOM/messages|{'content':{}}", "400|bad-json|/ROOM/participants|{'userId':'x'}",
        "404|no-such-room|/nothing/messages|{'content':'x'}"})
    void badInputIsRefused(int status, String code, String path, String body) {
        one = cluster.login("user3");
        String room = group(one, cluster.login("user4")).getString("id");
        String address = ROOMS + (path == null ? "" : path.replace("ROOM", room));
        Cafe.refused(status, code, one.post(address, body.replace('\'', '"').replace("ME", Long.toString(one.userId()))));
    }

    @Test
    void textsAndListsHaveAnEnd() {
        one = cluster.login("user3");
        String room = path(group(one, cluster.login("user4")));
        Cafe.created(one.post(room + "/messages", "{\"content\":\"" + "가".repeat(4_000) + "\"}"));
        Cafe.refused(422, "invalid", one.post(room + "/messages", "{\"content\":\"" + "가".repeat(4_001) + "\"}"));
        String many = LongStream.range(1, 502).mapToObj(Long::toString).reduce((all, each) -> all + ',' + each).orElseThrow();
        Cafe.refused(422, "invalid", one.post(ROOMS, "{\"participants\":[" + many + "]}"));
        Cafe.refused(400, "cursor", one.get(room + "/messages?cursor=x"));
        Cafe.refused(400, "limit", one.get(ROOMS + "?limit=x"));
        Cafe.refused(404, "no-such-user", one.delete(room + "/participants/me"));
        Cafe.refused(401, "unauthorized", Http.get(cluster.a(), ROOMS));
    }

    /** Three who have no rooms yet. */
    private void begin() {
        cluster.forgetGuesses();
        one = Login.anew(cluster.a());
        two = Login.anew(cluster.b());
        three = Login.anew(cluster.a());
    }

    private JsonObject group(Login creator, Login... others) {
        String ids = Arrays.stream(others).map(other -> Long.toString(other.userId())).reduce((all, each) -> all + ',' + each).orElseThrow();
        long more = others.length == 1 ? cluster.login("user5").userId() : others[0].userId();
        return Cafe.created(creator.post(ROOMS, "{\"name\":\"모임\",\"participants\":[%s,%d]}".formatted(ids, more)));
    }

    private static String path(JsonObject room) {
        return ROOMS + '/' + room.getString("id");
    }

    private static List<JsonObject> items(Login login, String path) {
        return Http.json(Cafe.ok(login.get(path))).getJsonArray("items").getValuesAs(JsonObject.class);
    }
}

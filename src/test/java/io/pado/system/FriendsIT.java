package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** Friends: asking, answering, ending, and what is wrong. */
@ExtendWith(BriefGrace.class)
class FriendsIT {

    private static final String REQUESTS = "/api/friends/requests";
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int CHANGES = 4_000;

    private final Cluster cluster;
    private final People people;

    FriendsIT(Cluster cluster) {
        this.cluster = cluster;
        this.people = new People(cluster);
    }

    @Test
    void whoIsAcceptedSeesAndIsSeenAtOnceAndWhoIsDroppedIsNot() {
        Login one = people.anew();
        Login two = people.anew().at(cluster.b());
        try (Onlooking ofOne = Onlooking.open(one); Onlooking ofTwo = Onlooking.open(two)) {
            assertThat(ofOne.initial()).isEmpty();
            JsonObject request = request(201, ask(one, two));
            assertThat(request.keySet()).containsExactly("id", "user_id", "name", "status", "created_at");
            List.of(ofOne, ofTwo).forEach(looking -> looking.stream().first(event -> event.name().equals("friend_request") && event.json().keySet()
                    .equals(request.keySet()) && event.json().getString("status").equals("open")));
            assertThat(only(two, "incoming").getInt("id")).isEqualTo(request.getInt("id"));
            assertThat(only(one, "outgoing").getInt("user_id")).isEqualTo((int) two.userId());
            assertThat(request(200, answer(two, request, "accept")).getString("status")).isEqualTo("accepted");
            ofOne.awaitTold(two, true);
            ofTwo.awaitTold(one, true);
            ofOne.stream().first(event -> event.name().equals("friend_request") && event.json().getString("status").equals("accepted")
                    && event.json().getInt("user_id") == two.userId());
            assertThat(request(200, answer(two, request, "accept")).getString("status")).isEqualTo("accepted");
            assertThat(friends(one)).containsExactly(two.userId());
            assertThat(Http.json(one.get("/api/presence/friends").body()).keySet()).containsExactly(Long.toString(two.userId()));

            assertThat(two.delete("/api/friends/" + one.userId()).statusCode()).isEqualTo(204);
            ofOne.stream().first(event -> event.name().equals("friend_removed") && event.json().getInt("user_id") == two.userId());
            ofOne.awaitTold(two, true, false);
            ofTwo.awaitTold(one, true, false);
            assertThat(friends(one)).isEmpty();
            Problems.assertIs(404, two.delete("/api/friends/" + one.userId()));
        }
    }

    @Test
    void sameRequestAgainIsTheSameAndRequestsThatCrossAreOneFriendship() {
        Login one = people.anew();
        Login two = people.anew();
        JsonObject first = request(201, ask(one, two));
        assertThat(request(201, ask(one, two)).getInt("id")).isEqualTo(first.getInt("id"));
        assertThat(request(200, ask(two, one)).getString("status")).isEqualTo("accepted");
        Problems.assertIs(409, ask(one, two));
        assertThat(friends(one)).containsExactly(two.userId());
        assertThat(friends(two)).containsExactly(one.userId());
    }

    @Test
    void requestsThatCrossAtTheSameMomentAreOneFriendship() {
        List<Login> ones = people.anew(20);
        List<Login> twos = people.anew(20);
        List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
        Crowd.run(80, i -> {
            Login one = ones.get(i / 4);
            Login two = twos.get(i / 4);
            Login sender = (i % 2 == 0 ? one : two).at(i % 4 < 2 ? cluster.a() : cluster.b());
            statuses.add(ask(sender, i % 2 == 0 ? two : one).statusCode());
        });
        assertThat(statuses).isSubsetOf(200, 201, 409);
        for (int i = 0; i < ones.size(); i++) {
            assertThat(friends(ones.get(i))).containsExactly(twos.get(i).userId());
            assertThat(Database.number(cluster.database(), "SELECT count(*) FROM friend_request WHERE sender IN (%1$d, %2$d)"
                    .formatted(ones.get(i).userId(), twos.get(i).userId()))).isEqualTo(1);
        }
    }

    @Test
    void acceptingAndDecliningAtTheSameMomentIsOneOfBoth() {
        List<Login> senders = people.anew(10);
        Login receiver = people.anew();
        List<JsonObject> requests = senders.stream().map(sender -> request(201, ask(sender, receiver))).toList();
        List<Integer> accepted = Collections.synchronizedList(new ArrayList<>());
        Crowd.run(20, i -> {
            HttpResponse<String> answer = answer(receiver.at(i % 2 == 0 ? cluster.a() : cluster.b()), requests.get(i / 2), i % 2 == 0 ? "accept" : "decline");
            assertThat(answer.statusCode()).isIn(200, 409);
            if (i % 2 == 0 && answer.statusCode() == 200) {
                accepted.add(i / 2);
            }
        });
        assertThat(friends(receiver)).hasSize(accepted.size());
        assertThat(Database.number(cluster.database(), "SELECT count(*) FROM friend_request WHERE receiver = %d AND status = 'open'"
                .formatted(receiver.userId()))).isZero();
    }

    @Test
    void strangersAndNobodyLookTheSame() {
        Login one = people.anew();
        Login stranger = people.anew();
        JsonObject ofStranger = Problems.assertIs(404, one.get("/api/presence/" + stranger.userId()));
        JsonObject ofNobody = Problems.assertIs(404, one.get("/api/presence/999999999"));
        assertThat(ofStranger.getString("detail")).isEqualTo(ofNobody.getString("detail"));
        assertThat(ofStranger.getString("type")).isEqualTo(ofNobody.getString("type"));
        assertThat(Http.json(one.get("/api/presence/" + one.userId()).body()).getBoolean("is_online")).isFalse();
    }

    @Test
    void badRequestsGetAClearProblem() {
        Login one = people.anew();
        Login two = people.anew();
        Login third = people.anew();
        assertThat(Problems.fields(Problems.assertIs(422, ask(one, one)))).containsExactly("user_id");
        assertThat(Problems.fields(Problems.assertIs(422, one.post(REQUESTS, "{}")))).containsExactly("user_id");
        assertThat(Problems.fields(Problems.assertIs(422, one.post(REQUESTS, "{\"user_id\":1,\"email\":\"a@b.c\"}")))).containsExactly("email");
        for (String body : List.of("", "[]", "{\"user_id\":\"7\"}", "{\"user_id\":1.5}", "{\"email\":7}", "{\"user_id\":true}")) {
            Problems.assertIs(400, one.post(REQUESTS, body));
        }
        Problems.assertIs(404, one.post(REQUESTS, "{\"user_id\":999999999}"));
        Problems.assertIs(404, one.post(REQUESTS, "{\"user_id\":-1}"));
        Problems.assertIs(404, one.post(REQUESTS, "{\"email\":\"" + UUID.randomUUID() + "@example.org\"}"));
        Problems.assertIs(404, one.post(REQUESTS, "{\"email\":\"\\u0027 OR 1=1 --\"}"));
        JsonObject request = request(201, ask(one, two));
        Problems.assertIs(403, answer(one, request, "accept"));
        Problems.assertIs(404, answer(third, request, "decline"));
        Problems.assertIs(404, one.post(REQUESTS + "/999999999/accept", ""));
        Problems.assertIs(404, one.post(REQUESTS + "/x/accept", ""));
        assertThat(request(200, answer(two, request, "decline")).getString("status")).isEqualTo("declined");
        Problems.assertIs(409, answer(two, request, "accept"));
        request(201, ask(one, two));
        for (String body : List.of("", "{\"invisible\":\"yes\"}", "{\"invisible\":1}")) {
            Problems.assertIs(400, one.change("PUT", "/api/presence/visibility", body));
        }
        Problems.assertIs(422, one.change("PUT", "/api/presence/visibility", "{}"));
        Problems.assertIs(401, Http.get(cluster.a(), "/api/friends"));
    }

    @Test
    void sameKeyIsTheSameRequest() {
        Login one = people.anew();
        String body = "{\"user_id\":" + people.anew().userId() + "}";
        String key = UUID.randomUUID().toString();
        HttpResponse<String> first = one.post(REQUESTS, body, key);
        assertThat(one.at(cluster.b()).post(REQUESTS, body, key).body()).isEqualTo(first.body());
        Problems.assertIs(409, one.post(REQUESTS, "{\"user_id\":1}", key));
    }

    @Test
    void tenThousandFriendsAreTheMostAndThousandsMayChangeAtOnce() {
        Login popular = people.anew();
        Login late = people.anew();
        Database.execute(cluster.database(), """
                WITH crowd AS (INSERT INTO app_user (email, name, password, roles)
                    SELECT 'crowd-%1$d-' || n || '@example.org', 'C', 'x', 'user' FROM generate_series(1, 9999) AS n RETURNING id)
                INSERT INTO friendship (low, high, since) SELECT least(id, %1$d), greatest(id, %1$d), now() FROM crowd""".formatted(popular.userId()));
        JsonObject early = request(201, ask(people.anew(), popular));
        JsonObject other = request(201, ask(late, popular));
        request(200, answer(popular, early, "accept"));
        Problems.assertIs(409, answer(popular, other, "accept"));
        Problems.assertIs(409, ask(people.anew(), popular));
        Problems.assertIs(409, ask(popular, people.anew()));
        try (Onlooking looking = Onlooking.open(popular)) {
            assertThat(looking.initial()).hasSize(10_000);
            List<String> friends = looking.initial().keySet().stream().limit(CHANGES).toList();
            change(friends);
            List<SseEvent> told = looking.stream().several(CHANGES, event -> event.name().equals("status_change"));
            assertThat(told.stream().map(event -> event.json().get("user_id").toString())).containsExactlyElementsOf(friends);
            assertThat(looking.stream().ended()).isFalse();
        }
    }

    /** As if these had come online in one moment. */
    private void change(List<String> users) {
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port()); Pipeline all = redis.pipelined()) {
            users.forEach(user -> all.eval("return redis.call('XADD', 'pado:presence:changes', '*', 'u', ARGV[1], 'o', '1', 'v', '7', 'a', '', 's', '')",
                    List.of(), List.of(user)));
        }
    }

    @Test
    void fiveHundredOpenRequestsAreTheMostAlsoInOneMoment() {
        Login sender = people.anew();
        Database.execute(cluster.database(), """
                WITH crowd AS (INSERT INTO app_user (email, name, password, roles)
                    SELECT 'asked-%1$d-' || n || '@example.org', 'C', 'x', 'user' FROM generate_series(1, 499) AS n RETURNING id)
                INSERT INTO friend_request (sender, receiver, status, created_at, changed_at) SELECT %1$d, id, 'open', now(), now() FROM crowd"""
                .formatted(sender.userId()));
        List<Login> receivers = people.anew(8);
        List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
        Crowd.run(receivers.size(), i -> statuses.add(ask(sender.at(i % 2 == 0 ? cluster.a() : cluster.b()), receivers.get(i)).statusCode()));
        assertThat(statuses).containsOnlyOnce(201).allMatch(status -> status == 201 || status == 409);
        // Who has asked this user is answered all the same.
        Login asking = people.anew();
        request(201, ask(asking, sender));
        assertThat(request(200, ask(sender, asking)).getString("status")).isEqualTo("accepted");
    }

    @Test
    void badTokensAndRemovedUsersGetNoStream() {
        String path = "/api/presence/stream";
        assertThat(Problems.assertIs(401, Http.get(cluster.a(), path + "?token=x")).getString("detail")).isEqualTo("Invalid token");
        assertThat(Problems.assertIs(401, Http.get(cluster.a(), path)).getString("detail")).isEqualTo("Invalid token");
        Login gone = people.anew();
        Database.execute(cluster.database(), "DELETE FROM app_user WHERE id = " + gone.userId());
        assertThat(Problems.assertIs(404, gone.get(path)).getString("detail")).isEqualTo("User not found");
        HttpResponse<String> preflight = Http.send(HttpRequest.newBuilder(cluster.a().resolve(path)).header("Origin", Cluster.ALLOWED_ORIGIN)
                .header("Access-Control-Request-Method", "GET").header("Access-Control-Request-Headers", "authorization,cache-control,last-event-id")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
    }

    @Test
    void removedUserVanishesFromOpenStreams() {
        Login one = people.anew();
        Login friend = people.friendOf(List.of(one));
        try (Onlooking looking = Onlooking.open(friend)) {
            assertThat(cluster.login("admin").delete("/api/admin/users/" + one.userId()).statusCode()).isEqualTo(204);
            looking.stream().first(event -> event.name().equals("friend_removed"));
            assertThat(friends(friend)).isEmpty();
            await().atMost(DEADLINE).untilAsserted(() -> assertThat(Http.json(friend.get("/api/presence/friends").body())).isEmpty());
        }
    }

    private static HttpResponse<String> ask(Login sender, Login receiver) {
        return sender.post(REQUESTS, "{\"user_id\":" + receiver.userId() + "}");
    }

    private static HttpResponse<String> answer(Login receiver, JsonObject request, String word) {
        return receiver.post(REQUESTS + "/" + request.getInt("id") + "/" + word, "");
    }

    private static JsonObject request(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Http.json(answer.body());
    }

    private static JsonObject only(Login login, String direction) {
        JsonArray all = Http.json(login.get(REQUESTS).body()).getJsonArray(direction);
        assertThat(all).hasSize(1);
        return all.getJsonObject(0);
    }

    private static List<Long> friends(Login login) {
        try (JsonReader reader = Json.createReader(new StringReader(login.get("/api/friends").body()))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream().map(friend -> friend.getJsonNumber("user_id").longValue()).toList();
        }
    }
}

package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/** What is too much, on a node where that is little. */
@ExtendWith(TwoNodes.class)
class LimitsIT {

    private static final int OF_ADDRESS = 6;
    private static final int OF_USER = 2;
    private static final int REQUESTS = 40;
    private static final int LOGINS = 16;
    private static final int TOPICS = 30;
    private static final int FREE_GUESSES = 5;
    private static final String SAID = "{\"message\":\"1 sentence\"}";

    private final Cluster cluster;

    LimitsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void whatIsTooMuchIsRefusedUntilThereIsRoom() {
        Map<String, String> limits = Map.of("pado.stream.most.address", Integer.toString(OF_ADDRESS), "pado.stream.most.user",
                Integer.toString(OF_USER), "pado.http.most.requests", Integer.toString(REQUESTS), "pado.password.seconds", "0", "pado.stream.topics.address",
                Integer.toString(TOPICS));
        try (Node node = cluster.another("limits", limits)) {
            assertLoginsNotLookedAtAreNoGuesses(node.baseUri());
            assertRegistrationsNotTriedDoNotCount(node.baseUri());
            assertStreamsAreLimited(node.baseUri());
            assertTopicsAreLimited(node.baseUri());
            assertRequestsAreLimited(node.baseUri());
        }
    }

    /** A page chooses its own name, and so as many as it likes; its address it does not. */
    @Test
    void answersOfAnAddressAndOfANodeAreLimited() {
        Map<String, String> limits = Map.of("pado.run.most.address", "3", "pado.run.most", "5", "pado.run.most.hour", "4",
                "pado.ai.scripted.millis", "60000", "pado.http.proxies", "127.0.0.1", "pado.http.proxies.header", "forwarded");
        Login user = cluster.login("user1");
        try (Node node = cluster.another("limits-answers", limits)) {
            Asking one = new Asking(node.baseUri(), "203.0.113.1");
            Asking other = new Asking(node.baseUri(), "203.0.113.2");
            List<String> runs = IntStream.range(0, 3).mapToObj(i -> accepted(one.asks("page-" + i, "key"))).toList();
            assertTooMany(one.asks("page-3", "key"));
            assertTooMany(one.asks("", "key"));
            assertTooMany(one.asksInChat("page-4"));
            assertThat(accepted(one.asks("page-0", "key"))).isEqualTo(runs.get(0));

            String own = accepted(user.at(node.baseUri()).post("/api/ai/chat", "{\"question\":\"x\"}"));
            accepted(other.asks("page-3", "key"));
            assertTooMany(other.asks("page-4", "key"));
            assertThat(accepted(other.asks("page-3", "key"))).as("known").isNotEqualTo(own);

            assertThat(one.stops("page-0", runs.get(0)).statusCode()).isEqualTo(202);
            await().atMost(Duration.ofSeconds(10)).until(() -> one.asks("page-4", "key").statusCode() == 202);
            assertStopsAreLimited(one, other, runs);
            HttpResponse<String> often = await().atMost(Duration.ofSeconds(10)).until(() -> one.asks("page-5", "key"),
                    answer -> answer.body().contains("within an hour"));
            assertTooMany(often);
            assertThat(Integer.parseInt(often.headers().firstValue("Retry-After").orElse(""))).isBetween(60, 3_601);
            assertThat(user.at(node.baseUri()).post("/api/ai/runs/" + own + "/stop", "").statusCode()).isEqualTo(202);
        }
    }

    private static void assertStopsAreLimited(Asking one, Asking other, List<String> runs) {
        Problems.assertIs(400, one.stops("page-0", "k".repeat(201)));
        IntStream.range(0, 3).forEach(i -> assertThat(one.stops("page-" + i, "later").statusCode()).isEqualTo(202));
        assertTooMany(one.stops("page-3", "later"));
        assertThat(one.stops("page-0", "later").statusCode()).as("the same again").isEqualTo(202);
        assertThat(one.stops("page-1", runs.get(1)).statusCode()).as("one under way").isEqualTo(202);
        assertThat(other.stops("page-3", "later").statusCode()).isEqualTo(202);
    }

    private static String accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Http.json(answer.body()).getString("runId");
    }

    /** Who asks without a token, from an address. */
    private record Asking(URI node, String address) {

        private static final AtomicInteger INVENTED = new AtomicInteger();

        HttpResponse<String> asks(String clientId, String key) {
            return send("/api/ai/chat", "{\"question\":\"x\"" + (clientId.isEmpty() ? "" : ",\"client_id\":\"" + clientId + '"') + '}', key);
        }

        HttpResponse<String> asksInChat(String chat) {
            return send("/api/ai/ui/chat", "{\"id\":\"" + chat
                    + "\",\"messages\":[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"text\":\"x\"}]}]}", "key");
        }

        HttpResponse<String> stops(String clientId, String idOrKey) {
            return send("/api/ai/runs/" + idOrKey + "/stop?client_id=" + clientId, "", "key");
        }

        private HttpResponse<String> send(String path, String body, String key) {
            // What a client writes before the proxy's part, and the header that this proxy does not set, give it no other address.
            String invented = "198.51.100." + INVENTED.incrementAndGet() % 250;
            return Http.send(HttpRequest.newBuilder(node.resolve(path)).header("X-Forwarded-For", invented).header("Idempotency-Key", key)
                    .header("Forwarded", "for=%s, for=\"%s\";proto=https".formatted(invented, address))
                    .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
        }
    }

    @Test
    void usersMakeSomeCharactersAndAdminsAnyNumber() {
        cluster.forgetGuesses();
        Login maker = Login.anew(cluster.a());
        Login admin = cluster.login("admin");
        String body = "{\"name\":\"some\",\"prompt\":\"x\"}";
        try {
            String key = UUID.randomUUID().toString();
            HttpResponse<String> kept = maker.post("/api/personas", body, key);
            for (Login each : List.of(maker, admin)) {
                Database.execute(cluster.database(), "INSERT INTO persona (name, instruction, created_by, created_at) SELECT 'some', 'x', " + each.userId()
                        + ", now() FROM generate_series(1, 97)");
            }
            Queue<Integer> answers = new ConcurrentLinkedQueue<>();
            Crowd.run(8, i -> answers.add(maker.at(i % 2 == 0 ? cluster.a() : cluster.b()).post("/api/personas", body).statusCode()));

            assertThat(Collections.frequency(answers, 201)).isEqualTo(2);
            assertThat(answers).containsOnly(201, 409);
            Cafe.refused(409, "too-many-personas", maker.post("/api/personas", body));
            assertThat(maker.post("/api/personas", body, key).body()).as("the same again").isEqualTo(kept.body());
            for (int i = 0; i < 5; i++) {
                assertThat(admin.post("/api/personas", body).statusCode()).isEqualTo(201);
            }
        } finally {
            Database.execute(cluster.database(), "DELETE FROM persona WHERE name = 'some'");
        }
    }

    /** Who is refused tries again, each time with another message if it has no key. */
    @Test
    void whatIsSaidIsNotTakenIfTheStreamOfItsAnswerIsTooMuch() {
        try (Node node = cluster.another("one-stream", Map.of("pado.stream.most.user", "1"))) {
            Login user = cluster.login("user2").at(node.baseUri());
            int persona = Http.array(user.get("/api/personas").body()).getJsonObject(0).getInt("id");
            String room = "/api/chat/rooms/" + Http.json(user.post("/api/chat/rooms", "{\"kind\":\"one_on_one\",\"personaIds\":[" + persona + "]}").body())
                    .getString("id");
            String question = "{\"id\":\"%s\",\"messages\":[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"text\":\"waves\"}]}]}"
                    .formatted(UUID.randomUUID());
            try (Stream only = Stream.open(node.baseUri(), "/sse/votes?client_id=a&token=" + user.token()).greeted()) {
                assertTooMany(user.post(room + "/send", SAID));
                assertTooMany(user.post("/api/ai/ui/chat", question));
                assertThat(only.ended()).isFalse();
            }
            assertThat(messages(user, room)).isZero();
            assertThat(user.get(room + "/runs").body()).isEqualTo("[]");
            assertThat(user.get("/api/ai/runs").body()).isEqualTo("[]");

            await().until(() -> user.post(room + "/send", SAID).statusCode() == 200);
            for (int i = 0; i < 2; i++) {
                // What is refused gives its place back.
                Problems.assertIs(409, user.post(room + "/group-sse", SAID));
            }
            assertThat(user.post("/api/ai/ui/chat", question).body()).contains("{\"type\":\"finish\"}");
            assertThat(messages(user, room)).isEqualTo(2);
        }
    }

    private static int messages(Login user, String room) {
        return Http.json(user.get(room + "/messages").body()).getJsonArray("items").size();
    }

    /** Nobody waits here for a processor that checks a password. */
    private void assertLoginsNotLookedAtAreNoGuesses(URI node) {
        cluster.forgetGuesses();
        String email = UUID.randomUUID() + "@x.org";
        List<Integer> ofEmail = Collections.synchronizedList(new ArrayList<>());
        List<Integer> all = Collections.synchronizedList(new ArrayList<>());
        Crowd.run(LOGINS, i -> {
            if (i < FREE_GUESSES - 1) {
                ofEmail.add(guess(node, email).statusCode());
            } else {
                all.add(guess(node, UUID.randomUUID() + "@x.org").statusCode());
            }
        });
        all.addAll(ofEmail);
        assertThat(all).hasSize(LOGINS).contains(401, 429);

        long guesses = Collections.frequency(ofEmail, 401);
        while (guess(node, email).statusCode() == 401) {
            guesses++;
        }
        assertThat(guesses).isGreaterThanOrEqualTo(FREE_GUESSES);
        cluster.forgetGuesses();
    }

    private void assertRegistrationsNotTriedDoNotCount(URI node) {
        AtomicInteger made = new AtomicInteger();
        Crowd.run(LOGINS, i -> {
            if (Login.register(node).statusCode() == 201) {
                made.incrementAndGet();
            }
        });
        assertThat(made.get()).isBetween(1, LOGINS - 1);
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            assertThat(redis.hget("pado:attempts:register:127.0.0.1", "count")).isEqualTo(Integer.toString(made.get()));
        }
        cluster.forgetGuesses();
    }

    private static HttpResponse<String> guess(URI node, String email) {
        return Http.post(node, "/api/auth/login/json", Login.credentials(email, "wrong"));
    }

    private void assertStreamsAreLimited(URI node) {
        String ofUser = "/sse/votes?client_id=a&token=" + Login.of(cluster.a(), "user1").token();
        List<Stream> streams = new ArrayList<>();
        try {
            IntStream.range(0, OF_USER).forEach(i -> streams.add(Stream.open(node, ofUser).greeted()));
            assertTooMany(Http.get(node, ofUser));
            IntStream.range(OF_USER, OF_ADDRESS).forEach(i -> streams.add(Stream.ofVotes(node)));
            assertTooMany(Http.get(node, "/sse/votes?client_id=a"));
            Problems.assertInBand("too-many", Http.getAsEventSource(node, "/sse/votes?client_id=a"));
            Problems.assertInBand("too-many", Http.getAsEventSource(node, "/api/stream?topic=public:a"));

            streams.remove(0).close();
            await().until(() -> opens(node, ofUser));
        } finally {
            streams.forEach(Stream::close);
        }
    }

    private void assertTopicsAreLimited(URI node) {
        String many = "/api/stream?" + IntStream.range(0, TOPICS + 1).mapToObj(i -> "topic=public:" + i).collect(Collectors.joining("&"));
        String some = many.substring(0, many.lastIndexOf('&'));
        await().until(() -> opens(node, "/api/stream?topic=public:0"));
        HttpResponse<String> refusal = Http.get(node, many);
        assertTooMany(refusal);
        assertThat(refusal.body()).contains("topics");
        try (Stream one = Stream.open(node, some); Live live = Live.open(node, "/live")) {
            assertThat(live.subscribe("public:0").getString("type")).as("known").isEqualTo("joined");
            assertThat(live.subscribe("public:other").getJsonObject("problem").getInt("status")).isEqualTo(429);
            assertThat(one.ended()).isFalse();
        }
        Login user = Login.of(cluster.a(), "user1");
        await().until(() -> opens(node, many + "&token=" + user.token()));
    }

    private static void assertRequestsAreLimited(URI node) {
        assertTooMany(refused(() -> Http.get(node, "/api/polls"), answer -> answer.statusCode() == 429));
        Problems.assertInBand("too-many", refused(() -> Http.getAsEventSource(node, "/api/polls"), answer -> answer.body().startsWith("retry:")));
        await().until(() -> Http.get(node, "/api/polls").statusCode() == 200);
    }

    /** Many at once: one after the other may be too slow to be too many. */
    private static HttpResponse<String> refused(Supplier<HttpResponse<String>> request, Predicate<HttpResponse<String>> isRefusal) {
        List<HttpResponse<String>> refusals = Collections.synchronizedList(new ArrayList<>());
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            Crowd.run(2 * REQUESTS, i -> Optional.of(request.get()).filter(isRefusal).ifPresent(refusals::add));
            return !refusals.isEmpty();
        });
        return refusals.get(0);
    }

    private static boolean opens(URI node, String path) {
        try (Stream stream = Stream.open(node, path)) {
            return !stream.ended();
        } catch (AssertionError stillTooMany) {
            return false;
        }
    }

    private static void assertTooMany(HttpResponse<String> answer) {
        Problems.assertIs(429, answer);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
    }
}

package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** The queue over Redis Streams. On nodes of its own: they do not survive, and have a feature of the test in them. */
class WorkQueueIT extends WorkQueueRules {

    private static final String BEGIN = "Sending messages about jobs failed";
    private static final String END = "Sending messages about jobs works again";

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("queue", 2, SETTINGS, FEATURE);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void workersWaitForJobsAgainAtOnceAfterRedisWasEmptied() {
        try (Jedis redis = redis()) {
            redis.flushAll();
            long emptied = System.nanoTime();
            await().atMost(Duration.ofSeconds(1)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10))
                    .until(() -> redis.exists("pado:jobs:stream") && !redis.xinfoGroups("pado:jobs:stream").isEmpty());
            System.out.println("The group was there again " + Duration.ofNanos(System.nanoTime() - emptied).toMillis() + " ms after Redis was emptied");
        }
    }

    @Test
    void jobOfAGroupThatIsNoneIsDeadAndOneOfADeletedRoomIsDone() {
        String run = UUID.randomUUID().toString();
        String job = "{\"version\":%d,\"runId\":\"" + run + "\",\"roomId\":\"000000000000000000000000\",\"userId\":1,\"messageId\":\"m\",\"personaId\":1}";
        String deleted = ofAGroup(job.formatted(1));
        String unknown = ofAGroup(job.formatted(99));
        String noJson = ofAGroup("garbage");

        await("all have ended").atMost(DEADLINE).until(() -> "done".equals(state(deleted)) && "dead".equals(state(unknown)) && "dead".equals(state(noJson)));
        String dead = cluster.login("admin").get("/api/queue/dead").body();
        assertThat(dead).contains("The job is of an unknown version: 99", "The body of the job is not one JSON object");
    }

    private static String ofAGroup(String body) {
        String id = anew();
        assertThat(Http.post(cluster.a(), "/errands?kind=persona-answer&group=&id=" + id + "&do=" + URLEncoder.encode(body, StandardCharsets.UTF_8), "")
                .statusCode()).isEqualTo(201);
        return id;
    }

    /** As if Kafka refused it: what can be served is served. */
    @Test
    void nodeWhoseChannelsHaveEndedIsReadyAndDoesItsJobsItself() {
        try (Node deaf = cluster.another("deaf", Map.of("pado.queue.connector", "refusing"), FEATURE)) {
            await("the channels have ended").atMost(DEADLINE).untilAsserted(() -> assertThat(Http.get(deaf.baseUri(), "/health/ready"))
                    .satisfies(health -> assertThat(health.statusCode()).isEqualTo(200))
                    .satisfies(health -> assertThat(health.body()).contains("\"receiving\":\"ended\"").contains("\"sending\":\"ended\"")));
            String id = anew();

            add(deaf, id, id, "note");

            // Others are told after 15 s only.
            await("done").atMost(Duration.ofSeconds(10)).until(() -> notes("worked " + id).size() == 1);
            assertThat(notes("worked " + id).get(0)).endsWith(" " + deaf.pid());
        }
    }

    @Test
    void nodeWhoseMessagesAreRefusedDoesItsJobsItselfUntilTheyAreTaken() throws IOException {
        Node node = cluster.node(1);
        long begins = said(node, BEGIN);
        try (Jedis redis = redis()) {
            redis.set("pado:jobs:stream", "of another type");
            for (String id : List.of(anew(), anew(), anew())) {
                add(node, id, id, "note");

                // Others are told after 15 s only.
                await("done").atMost(Duration.ofSeconds(10)).until(() -> notes("worked " + id).size() == 1);
                assertThat(notes("worked " + id).get(0)).endsWith(" " + node.pid());
            }
            assertThat(Http.get(node.baseUri(), "/health/ready")).satisfies(health -> assertThat(health.statusCode()).isEqualTo(200))
                    .satisfies(health -> assertThat(health.body()).contains("\"sending\":\"refuses: WRONGTYPE"));
            await("receiving is refused too").atMost(DEADLINE)
                    .until(() -> Http.get(node.baseUri(), "/health/ready").body().contains("\"receiving\":\"refuses: WRONGTYPE"));

            redis.del("pado:jobs:stream");
        }
        await("messages are taken").atMost(Duration.ofSeconds(10)).until(() -> Http.get(node.baseUri(), "/health/ready").body(),
                body -> body.contains("\"sending\":\"up\"") && body.contains("\"receiving\":\"up\""));
        String id = anew();
        add(node, id, id, "note");
        await("done").atMost(DEADLINE).until(() -> notes("worked " + id).size() == 1);
        assertThat(said(node, BEGIN)).isEqualTo(begins + 1);
        assertThat(said(node, END)).isEqualTo(begins + 1);
    }

    private static long said(Node node, String text) throws IOException {
        try (java.util.stream.Stream<String> lines = Files.lines(node.logFile(), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }

    /** What was asked is known from MongoDB and the run's maker. */
    @Test
    void groupAnswersOnceThoughRedisIsEmptiedMeanwhile() {
        Login user = cluster.login("customer");
        List<Integer> personas = Http.array(user.get("/api/personas").body()).getValuesAs(JsonObject.class).stream().map(each -> each.getInt("id")).limit(2).toList();
        String room = Http.json(user.post("/api/chat/rooms", "{\"kind\":\"group\",\"name\":\"g\",\"personaIds\":%s}".formatted(personas)).body()).getString("id");
        List<Integer> before = exps(user, personas);
        CompletableFuture<String> sending = CompletableFuture.supplyAsync(() -> user.post("/api/chat/rooms/" + room + "/send",
                "{\"message\":\"6 sentences\"}").body(), task -> new Thread(task, "send").start());
        String run;
        try (Jedis redis = redis()) {
            await().atMost(DEADLINE).pollInterval(Duration.ofMillis(10)).until(() -> redis.keys("pado:job:answer:*").size() == 2);
            run = redis.keys("pado:job:answer:*").iterator().next().split(":")[3];
            redis.flushAll();
        }

        await().atMost(DEADLINE).until(() -> messages(user, room).size() == 3);
        sending.join();
        try (Stream reader = Stream.open(cluster.b(), "/api/chat/runs/" + run + "/stream?token=" + user.token())) {
            reader.first(event -> event.data().equals("[DONE]"));
            assertThat(reader.events(event -> event.data().startsWith("{\"type\":\"complete\""))).hasSize(1);
        }
        assertThat(messages(user, room)).hasSize(3);
        assertThat(exps(user, personas)).isEqualTo(before.stream().map(exp -> exp + 10).toList());
    }

    private static List<JsonObject> messages(Login user, String room) {
        return Http.json(user.get("/api/chat/rooms/" + room + "/messages").body()).getJsonArray("items").getValuesAs(JsonObject.class);
    }

    private static List<Integer> exps(Login user, List<Integer> personas) {
        return personas.stream().map(persona -> Http.json(user.get("/api/personas/" + persona + "/intimacy").body()).getInt("exp")).toList();
    }

    @Override
    Cluster cluster() {
        return cluster;
    }
}

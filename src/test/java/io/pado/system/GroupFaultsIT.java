package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import io.pado.platform.model.openai.FaultServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/**
 * A worker goes in the middle of a character's answer in a group: another one gives it, once, in the response and on the room's stream. Redis does not take
 * the jobs at first.
 */
@ExtendWith(TwoNodes.class)
class GroupFaultsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String MODEL = "held";

    private final Cluster cluster;
    private final Login user;
    private final List<Integer> personas;
    private final String room;
    private int sends;

    GroupFaultsIT(Cluster cluster) {
        this.cluster = cluster;
        user = cluster.login("customer");
        personas = Http.array(user.get("/api/personas").body()).getValuesAs(JsonObject.class).stream().map(each -> each.getInt("id")).limit(2).toList();
        room = Http.json(user.post("/api/chat/rooms", "{\"kind\":\"group\",\"name\":\"faults\",\"personaIds\":%s}".formatted(personas)).body()).getString("id");
    }

    @Test
    void answerOfAWorkerThatIsPausedOrKilledIsGivenOnceByAnother() throws IOException {
        List<Integer> before = exps();
        try (FaultServer model = new FaultServer();
                Node worker = cluster.another("worker", Map.of("pado.ai.url", model.url(MODEL), "pado.ai.model", "test", "pado.queue.lease.seconds", "3"));
                Stream feed = Stream.open(cluster.b(), "/api/realtime/stream?token=" + user.token())) {
            feed.first(event -> event.name().equals("connected"));

            CompletableFuture<List<String>> beyondItsLease = sentToWorkerOf(model);
            signal("STOP", worker);
            try {
                assertAnswered(beyondItsLease);
                // The whole answer waits for the worker that wakes.
                IntStream.range(0, 2).forEach(i -> model.goOn(MODEL));
            } finally {
                signal("CONT", worker);
            }
            CompletableFuture<List<String>> killed = sentToWorkerOf(model);
            worker.kill();
            assertAnswered(killed);

            List<JsonObject> stored = Http.json(user.get("/api/chat/rooms/" + room + "/messages").body()).getJsonArray("items").getValuesAs(JsonObject.class)
                    .stream().filter(message -> message.getString("senderType").equals("ai")).toList();
            assertThat(stored).hasSize(2 * sends);
            for (JsonObject answer : stored) {
                feed.first(event -> isSaid(event, answer));
                assertThat(feed.events(event -> isSaid(event, answer))).hasSize(1);
            }
            assertThat(exps()).isEqualTo(before.stream().map(exp -> exp + 10 * sends).toList());
        }
    }

    /** Who may not count jobs can hand in none; all else goes on. */
    @Test
    void jobsThatRedisDidNotTakeAreHandedInAgain() {
        // From now on Redis knows the script, and is asked once.
        assertAnswered(sent("before"));
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            CompletableFuture<List<String>> refused;
            redis.configSet("slowlog-max-len", "10000");
            redis.configSet("slowlog-log-slower-than", "0");
            redis.aclSetUser("default", "-zcard");
            try {
                redis.slowlogReset();
                refused = sent("refused");
                await().atMost(SOON).until(() -> redis.slowlogGet(10_000).stream().anyMatch(command -> isOfTheRoom(command.getArgs())));
            } finally {
                redis.aclSetUser("default", "+@all");
                redis.configSet("slowlog-log-slower-than", "10000");
                redis.configSet("slowlog-max-len", "128");
            }
            assertAnswered(refused);
        }
    }

    /** Whether a command hands in a job of this test's room. */
    private boolean isOfTheRoom(List<String> command) {
        return personas.stream().anyMatch(persona -> command.contains(room + '.' + persona));
    }

    /** @return what the sender hears of a send, of which at least one answer is begun by the worker whose model never ends */
    private CompletableFuture<List<String>> sentToWorkerOf(FaultServer model) {
        for (int i = 0; i < 20; i++) {
            String marker = UUID.randomUUID().toString();
            sends++;
            CompletableFuture<List<String>> sending = sent(marker);
            await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> sending.isDone() || model.wasAsked(MODEL, marker));
            if (!sending.isDone()) {
                return sending;
            }
            assertAnswered(sending);
        }
        throw new AssertionError("The worker got no job");
    }

    private CompletableFuture<List<String>> sent(String marker) {
        return CompletableFuture.supplyAsync(() -> user.post("/api/chat/rooms/" + room + "/send", "{\"message\":\"3 sentences " + marker + "\"}").body()
                .lines().filter(line -> line.startsWith("data: ")).toList(), task -> new Thread(task, "send").start());
    }

    private void assertAnswered(CompletableFuture<List<String>> sending) {
        List<String> lines = sending.join();
        assertThat(lines).last().isEqualTo("data: [DONE]");
        assertThat(lines.stream().filter(line -> line.contains("\"type\":\"ai_response\""))).hasSize(2);
        assertThat(lines.stream().filter(line -> line.contains("\"type\":\"exp_updated\""))).hasSize(2);
        assertThat(lines.get(lines.size() - 2)).contains("\"type\":\"complete\"");
    }

    private static boolean isSaid(SseEvent event, JsonObject message) {
        return event.name().equals("message") && event.json().getString("id", "").equals(message.getString("id"));
    }

    private List<Integer> exps() {
        return personas.stream().map(persona -> Http.json(user.get("/api/personas/" + persona + "/intimacy").body()).getInt("exp")).toList();
    }

    private static void signal(String name, Node node) throws IOException {
        new ProcessBuilder("kill", "-" + name, Long.toString(node.pid())).start().onExit().join();
    }
}

package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import io.pado.platform.model.openai.FaultServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/**
 * Makers of runs die at every stage: each run has one last event, on all nodes, within 10 s. {@code -Dpado.run.kills=20} kills so often, each time with a
 * run at each stage.
 */
@ExtendWith(TwoNodes.class)
class RunFaultsIT {

    private static final int KILLS = Integer.getInteger("pado.run.kills", 1);
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String KEY = "sk-very-secret-0123456789";
    private static final String HEARD = "\"runId\":\"";
    private static final String STATE = "pado:state:run:";

    private final Cluster cluster;
    private final String page = "page-" + UUID.randomUUID();
    private final List<Duration> took = new ArrayList<>();

    RunFaultsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void runsOfAMakerThatDiesEndOnceOnAllNodesWhateverTheirStage() throws IOException {
        Login user = cluster.login("customer");
        String room = room(user);
        List<String> poison = List.of(strange("" + System.currentTimeMillis()), strange("1"), noRun());
        List<String> lost = new ArrayList<>();
        try (FaultServer model = new FaultServer(); Node maker = cluster.another("maker", Map.of("pado.ai.url", model.url("as-asked"),
                    "pado.ai.model", "test", "pado.ai.key", KEY, "pado.mongo.timeout", "1000")); Stream one = channel(cluster.a()); Stream other = channel(cluster.b())) {
            assertStoppedBeforeTheFirstText(maker, model);
            assertTold(maker, one);
            for (int i = 0; i < KILLS; i++) {
                if (i > 0) {
                    maker.start();
                }
                String silent = ask(maker, "play no-first-byte");
                String half = ask(maker, "play endless");
                String whole = ask(maker, "play stall-after-the-text");
                awaitState(() -> state(silent).equals("waiting") && field(half, "pieces").length() > 1 && FaultServer.TEXT.equals(text(whole)));
                long killed = killedWhileItKeepsAnAnswer(maker, model, user, room, i);
                for (Stream reader : List.of(one, other)) {
                    assertLost(reader, silent, "", killed);
                    assertLost(reader, half, "aaa", killed);
                    assertLost(reader, whole, FaultServer.TEXT, killed);
                }
                assertThat(answers(user, room)).isEqualTo(i + 1);
                lost.addAll(List.of(silent, half, whole));
            }
            for (Stream reader : List.of(one, other)) {
                assertThat(lost).allSatisfy(run -> assertThat(ends(reader, run)).hasSize(1));
            }
            // One that cannot be ended holds up no other, and not for ever.
            assertThat(field(poison.get(0), "ended")).isEmpty();
            assertThat(field(poison.get(1), "state")).isEqualTo("failed");
            assertThat(field(poison.get(1), "ended")).contains("not-kept");
        } finally {
            poison.forEach(this::forget);
        }
        System.out.println("Kills: " + KILLS + ", each with four runs; from the kill to the last event, on two nodes, s: "
                + took.stream().map(each -> String.format("%.1f", each.toMillis() / 1e3)).toList());
    }

    /** By another node. */
    private void assertStoppedBeforeTheFirstText(Node maker, FaultServer model) {
        String run = ask(maker, "play no-first-byte");
        awaitState(() -> state(run).equals("waiting") && model.answering() == 1);
        assertThat(Http.post(cluster.b(), "/api/ai/runs/" + run + "/stop?client_id=" + page, "").statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(1)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(() -> model.answering() == 0);
        awaitState(() -> state(run).equals("stopped"));
    }

    /** Of a key that is wrong the reader hears, and nobody sees the key. */
    private void assertTold(Node maker, Stream reader) {
        String run = ask(maker, "play echoes-the-key");
        SseEvent end = reader.first(event -> event.is("ai_error") && event.data().contains(HEARD + run));
        assertThat(end.json().getJsonObject("problem").getString("type")).endsWith("upstream-auth");
        assertThat(end.data()).doesNotContain(KEY);
        assertThat(log(maker)).contains("upstream_auth").doesNotContain(KEY);
    }

    /** The model has ended its answer, which cannot be kept now. Another node keeps and tells it. @return when the maker was killed */
    private long killedWhileItKeepsAnAnswer(Node maker, FaultServer model, Login user, String room, int before) {
        String run = sendAndLeave(user.at(maker.baseUri()), room);
        String path = "/api/chat/runs/" + run + "/stream?token=" + user.token();
        try (Stream one = Stream.open(cluster.a(), path); Stream other = Stream.open(cluster.b(), path)) {
            awaitState(() -> FaultServer.TEXT.equals(text(run)));
            long killed;
            cluster.mongo().pause();
            try {
                model.goOn("as-asked");
                awaitState(() -> !field(run, "conclusion").isEmpty());
                if (before == 0) {
                    awaitState(() -> log(maker).contains("Answers cannot be kept now and are tried again"));
                }
                assertThat(field(run, "ended")).isEmpty();
                killed = System.nanoTime();
                maker.kill();
            } finally {
                cluster.mongo().resume();
            }
            for (Stream reader : List.of(one, other)) {
                SseEvent end = reader.first(event -> event.data().startsWith("{\"type\":\"complete\""));
                assertInTime(end, killed);
                reader.first(event -> event.data().equals("[DONE]"));
                assertThat(reader.events(event -> event.data().matches("\\{\"type\":\"(complete|error|timeout)\".*"))).hasSize(1);
            }
            return killed;
        }
    }

    private void assertLost(Stream reader, String run, String text, long killed) {
        SseEvent end = reader.first(event -> event.is("ai_error") && event.data().contains(HEARD + run));
        assertInTime(end, killed);
        assertThat(end.json().getJsonObject("problem").getString("type")).endsWith("producer-lost");
        assertThat(end.json().getString("content")).startsWith(text);
        assertThat(ends(reader, run)).hasSize(1);
    }

    private void assertInTime(SseEvent end, long killed) {
        took.add(Duration.ofNanos(end.nanos() - killed));
        assertThat(took.get(took.size() - 1)).isLessThan(BOUND);
    }

    private static List<SseEvent> ends(Stream reader, String run) {
        return reader.events(event -> event.data().contains(HEARD + run) && (event.is("ai_error") || event.is("ai_complete")));
    }

    private String ask(Node maker, String question) {
        return Http.json(Http.post(maker.baseUri(), "/api/ai/chat", "{\"question\":\"" + question + "\",\"client_id\":\"" + page + "\"}").body())
                .getString("runId");
    }

    private static String room(Login user) {
        int persona = Http.array(user.get("/api/personas").body()).getJsonObject(0).getInt("id");
        return Http.json(user.post("/api/chat/rooms", "{\"kind\":\"one_on_one\",\"personaIds\":[" + persona + "]}").body()).getString("id");
    }

    /** @return the run, whose reader has gone */
    private static String sendAndLeave(Login user, String room) {
        HttpRequest request = HttpRequest.newBuilder(user.base().resolve("/api/chat/rooms/" + room + "/send"))
                .header("Authorization", "Bearer " + user.token()).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"message\":\"play held\"}")).build();
        try (var lines = Http.send(request, BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.contains("\"type\":\"user_message\"")).findFirst().map(line -> Http.json(line.substring("data: ".length())))
                    .orElseThrow().getString("runId");
        }
    }

    private long answers(Login user, String room) {
        return Http.json(user.at(cluster.a()).get("/api/chat/rooms/" + room + "/messages").body()).getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(message -> message.getString("senderType").equals("ai")).count();
    }

    private Stream channel(URI node) {
        return Stream.open(node, "/sse/ai?client_id=" + page).greeted();
    }

    /** A run whose maker is gone, and whose answer cannot be kept. @param opened milliseconds */
    private String strange(String opened) {
        String run = UUID.randomUUID().toString();
        try (Jedis redis = redis()) {
            redis.hset(STATE + run, Map.of("fence", "gone", "number", "0", "kind", "chat", "about", "no send", "also", "", "room", "", "owner", "", "content", "",
                    "opened", opened));
            redis.zadd("pado:runs:leases", 1, run);
        }
        return run;
    }

    /** What another program has written where a run would be. */
    private String noRun() {
        String run = UUID.randomUUID().toString();
        try (Jedis redis = redis()) {
            redis.set(STATE + run, "x");
            redis.zadd("pado:runs:leases", 2, run);
        }
        return run;
    }

    private void forget(String run) {
        try (Jedis redis = redis()) {
            redis.del(STATE + run);
            redis.zrem("pado:runs:leases", run);
        }
    }

    private String state(String run) {
        return field(run, "state");
    }

    private String field(String run, String name) {
        try (Jedis redis = redis()) {
            String value = redis.hget(STATE + run, name);
            return value == null ? "" : value;
        }
    }

    private String text(String run) {
        try (Jedis redis = redis()) {
            return redis.get("pado:text:run:" + run);
        }
    }

    private Jedis redis() {
        return new Jedis("127.0.0.1", cluster.redis().port());
    }

    private static String log(Node node) {
        try {
            return Files.readString(node.logFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void awaitState(BooleanSupplier condition) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(condition::getAsBoolean);
    }
}

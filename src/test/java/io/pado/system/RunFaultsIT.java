package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import io.pado.platform.model.FaultServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/**
 * Makers of runs die at every stage: each run has one last event, on all nodes, within 10 s. {@code -Dpado.run.kills=20} kills so often at each stage.
 */
@ExtendWith(TwoNodes.class)
class RunFaultsIT {

    private static final int KILLS = Integer.getInteger("pado.run.kills", 1);
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String HEARD = "\"runId\":\"";

    private final Cluster cluster;
    private final String page = "page-" + UUID.randomUUID();

    RunFaultsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void makerThatDiesBeforeTheFirstText() throws IOException {
        try (FaultServer model = new FaultServer(); Node maker = cluster.another("no-text", modelAt(model, "no-first-byte"))) {
            for (int i = 0; i < KILLS; i++) {
                killed(maker, run -> state(run).equals("waiting"), "");
            }
        }
    }

    @Test
    void makerThatDiesInTheMiddle() throws IOException {
        try (FaultServer model = new FaultServer(); Node maker = cluster.another("some-text", modelAt(model, "endless"))) {
            for (int i = 0; i < KILLS; i++) {
                killed(maker, run -> field(run, "pieces").length() > 1, "a");
            }
        }
    }

    /** The answer is whole then, and is kept and told by another node. */
    @Test
    void makerThatDiesBeforeTheEndIsStored() {
        Login user = cluster.login("customer");
        int persona = Http.array(user.get("/api/personas").body()).getJsonObject(0).getInt("id");
        String room = Http.json(user.post("/api/chat/rooms", "{\"kind\":\"one_on_one\",\"personaIds\":[" + persona + "]}").body()).getString("id");
        try (Node maker = cluster.another("whole-text", Map.of("pado.ai.scripted.millis", "40"))) {
            for (int i = 0; i < KILLS; i++) {
                String run = sendAndLeave(user.at(maker.baseUri()), room);
                awaitState(() -> state(run).equals("streaming"));
                cluster.mongo().pause();
                try {
                    awaitState(() -> !field(run, "conclusion").isEmpty());
                    maker.kill();
                } finally {
                    cluster.mongo().resume();
                }
                for (URI node : List.of(cluster.a(), cluster.b())) {
                    try (Stream reader = Stream.open(node, "/api/chat/runs/" + run + "/stream?token=" + user.token())) {
                        reader.first(event -> event.data().equals("[DONE]"));
                        assertThat(reader.events(event -> event.data().startsWith("{\"type\":\"complete\""))).hasSize(1);
                    }
                }
                assertThat(answers(user, room)).isEqualTo(i + 1);
                again(maker, i);
            }
        }
    }

    private void killed(Node maker, Predicate<String> stage, String text) {
        try (Stream one = channel(cluster.a()); Stream other = channel(cluster.b())) {
            String run = Http.json(Http.post(maker.baseUri(), "/api/ai/chat", "{\"question\":\"Why?\",\"client_id\":\"" + page + "\"}").body())
                    .getString("runId");
            awaitState(() -> stage.test(run));
            maker.kill();
            long killed = System.nanoTime();
            for (Stream reader : List.of(one, other)) {
                SseEvent end = reader.first(event -> event.is("ai_error") && event.data().contains(HEARD + run));
                assertThat(Duration.ofNanos(end.nanos() - killed)).isLessThan(BOUND);
                assertThat(end.json().getJsonObject("problem").getString("type")).endsWith("producer-lost");
                assertThat(end.json().getString("content")).startsWith(text);
                assertThat(reader.events(event -> event.data().contains(HEARD + run) && (event.is("ai_error") || event.is("ai_complete")))).hasSize(1);
            }
        }
        again(maker, 0);
    }

    private static void again(Node maker, int done) {
        if (done + 1 < KILLS) {
            maker.start();
        }
    }

    private static Map<String, String> modelAt(FaultServer model, String fault) {
        return Map.of("pado.ai.url", model.url(fault), "pado.ai.model", "test");
    }

    /** @return the run, whose reader has gone */
    private static String sendAndLeave(Login user, String room) {
        HttpRequest request = HttpRequest.newBuilder(user.base().resolve("/api/chat/rooms/" + room + "/send"))
                .header("Authorization", "Bearer " + user.token()).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"message\":\"이야기 하나 해 주세요\"}")).build();
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

    private String state(String run) {
        return field(run, "state");
    }

    private String field(String run, String name) {
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            String value = redis.hget("pado:state:run:" + run, name);
            return value == null ? "" : value;
        }
    }

    private static void awaitState(BooleanSupplier condition) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(condition::getAsBoolean);
    }
}

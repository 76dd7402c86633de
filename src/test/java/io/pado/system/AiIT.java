package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/** Questions and their answers, by the scripted model: they outlive their readers and their makers. */
@ExtendWith(TwoNodes.class)
class AiIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String QUESTION = "바다의 파도는 왜 생기나요?";

    private final Cluster cluster;
    private final String page = "page-" + UUID.randomUUID();

    AiIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void answerStreamsToThePageThatAskedAndToNobodyElse() {
        try (Stream own = channel(cluster.b(), page); Stream other = channel(cluster.a(), page + "-other")) {
            // As the document's client sends it: without a content type of its own.
            HttpResponse<String> asked = Http.send(HttpRequest.newBuilder(cluster.a().resolve("/api/ai/chat"))
                    .header("Content-Type", "text/plain;charset=UTF-8").POST(BodyPublishers.ofString(body(page))));
            assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
            String run = Http.json(asked.body()).getString("runId");

            JsonObject complete = own.first(event -> event.is("ai_complete")).json();

            assertThat(complete.getString("runId")).isEqualTo(run);
            assertThat(complete.getString("finishReason")).isEqualTo("stop");
            assertThat(complete.keySet()).contains("usage", "channel", "data", "firstTextMillis");
            assertThat(joined(own, run)).isEqualTo(complete.getString("content")).isNotBlank();
            List<Integer> indexes = own.events(event -> event.is("ai_response")).stream().map(event -> event.json().getInt("index")).toList();
            assertThat(indexes).isSorted().doesNotHaveDuplicates().first().isEqualTo(0);
            assertThat(other.events(event -> event.data().contains(run))).isEmpty();
        }
    }

    @Test
    void readerThatComesBackOnAnotherNodeGetsTheTextSoFarAndTheRest() {
        String run = ask(cluster.a(), page, "");
        String rest;
        String place;
        try (Stream first = ofRun(cluster.a(), run, "")) {
            first.several(3, event -> event.is("ai_response"));
            place = first.lastEventId();
        }
        try (Stream late = ofRun(cluster.b(), run, ""); Stream back = ofRun(cluster.b(), run, place)) {
            JsonObject complete = late.first(event -> event.is("ai_complete")).json();
            back.first(event -> event.is("ai_complete"));
            JsonObject snapshot = late.events(event -> event.is("ai_response")).get(0).json();

            assertThat(snapshot.getBoolean("replay")).isTrue();
            assertThat(joined(late, run)).isEqualTo(complete.getString("content"));
            rest = joined(back, run);
            assertThat(complete.getString("content")).endsWith(rest).isNotEqualTo(rest);
            await().atMost(SOON).until(() -> late.ended() && back.ended());
        }
        try (Stream after = ofRun(cluster.a(), run, "")) {
            assertThat(after.first(event -> event.is("ai_complete")).json().getString("content")).endsWith(rest);
            assertThat(joined(after, run)).endsWith(rest);
            await().atMost(SOON).until(after::ended);
        }
    }

    @Test
    void answerIsStoppedFromAnyNodeAndKeepsItsText() {
        String run = ask(cluster.a(), page, "");
        try (Stream reader = ofRun(cluster.a(), run, "")) {
            reader.first(event -> event.is("ai_response"));
            long asked = System.nanoTime();
            assertThat(stop(cluster.b(), run, page).statusCode()).isEqualTo(202);
            SseEvent end = reader.first(event -> event.is("ai_complete"));

            assertThat(Duration.ofNanos(end.nanos() - asked)).isLessThan(Duration.ofSeconds(2));
            assertThat(end.json().getString("finishReason")).isEqualTo("stopped");
            assertThat(end.json().getJsonObject("usage").getBoolean("estimated")).isTrue();
            assertThat(joined(reader, run)).isEqualTo(end.json().getString("content"));
        }
        assertThat(stop(cluster.a(), run, page).statusCode()).isEqualTo(202);
        Problems.assertIs(404, stop(cluster.a(), run, page + "-other"));
    }

    @Test
    void sameKeyIsTheSameAnswerAndCanBeStoppedBeforeItIsAskedFor() {
        String key = UUID.randomUUID().toString().replace("-", "");
        assertThat(stop(cluster.b(), key, page).statusCode()).isEqualTo(202);

        String run = ask(cluster.a(), page, key);
        assertThat(ask(cluster.b(), page, key)).isEqualTo(run);

        try (Stream reader = ofRun(cluster.b(), run, "")) {
            JsonObject end = reader.first(event -> event.is("ai_complete")).json();
            assertThat(end.getString("finishReason")).isEqualTo("stopped");
            assertThat(end.getString("content")).isEmpty();
        }
        Problems.assertIs(409, Http.send(HttpRequest.newBuilder(cluster.a().resolve("/api/ai/chat")).header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{\"question\":\"else\",\"client_id\":\"" + page + "\"}"))));
    }

    /** Those that are killed: {@link RunFaultsIT}. */
    @Test
    void answerWhoseMakerIsStoppedIsEndedByTheOthersAtOnce() {
        try (Node third = cluster.another("ai-third", Map.of("pado.ai.scripted.millis", "300"));
                Stream reader = channel(cluster.a(), page); Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            String run = ask(third.baseUri(), page, "");
            reader.first(event -> event.is("ai_response"));
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(third::stop, task -> new Thread(task, "stop").start());
            String fence = redis.hget("pado:state:run:" + run, "fence");
            double[] till = {0};
            await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10)).until(() -> {
                Double lease = redis.zscore("pado:runs:leases", run);
                boolean isHeld = fence.equals(redis.hget("pado:state:run:" + run, "fence"));
                till[0] = isHeld && lease != null ? lease : till[0];
                return !isHeld;
            });
            assertThat(Long.parseLong(redis.time().get(0)) * 1_000d).as("before its lease has ended").isLessThan(till[0]);

            SseEvent end = reader.first(event -> event.is("ai_error"));

            assertThat(end.json().getJsonObject("problem").getString("type")).endsWith("producer-lost");
            assertThat(end.json().getString("content")).isEqualTo(joined(reader, run)).isNotBlank();
            stopping.join();
            assertThat(reader.events(event -> event.is("ai_error") || event.is("ai_complete"))).hasSize(1);
            assertThat(underWay(cluster.b())).doesNotContain(run);
        }
    }

    /** The events of the channel have places of their own, in the same order as those of the run. */
    @Test
    void placeOnTheChannelIsAPlaceOfTheRun() {
        try (Stream own = channel(cluster.a(), page)) {
            String run = ask(cluster.a(), page, "");
            String place = own.several(3, event -> event.is("ai_response")).get(2).id();
            int had = own.events(event -> event.is("ai_response") && event.id().equals(place)).get(0).json().getInt("index");

            try (Stream rest = ofRun(cluster.b(), run, place)) {
                rest.first(event -> event.is("ai_complete"));
                own.first(event -> event.is("ai_complete"));
                assertThat(indexes(rest)).isEqualTo(indexes(own).stream().filter(index -> index > had).toList());
            }
        }
    }

    private static List<Integer> indexes(Stream stream) {
        return stream.events(event -> event.is("ai_response")).stream().map(event -> event.json().getInt("index")).toList();
    }

    @Test
    void answersUnderWayAreFoundOnTheServer() {
        String run = ask(cluster.a(), page, "");

        assertThat(underWay(cluster.b())).contains(run);

        stop(cluster.b(), run, page);
        await().atMost(SOON).until(() -> !underWay(cluster.a()).contains(run));
    }

    @Test
    void framesLookLikeTheirSamples() {
        try (Stream own = channel(cluster.a(), page)) {
            String run = ask(cluster.a(), page, "");
            own.first(event -> event.is("ai_complete"));
            for (String name : List.of("ai_status", "ai_response", "ai_complete")) {
                assertThat(own.first(event -> event.is(name)).json().keySet()).as(name).isEqualTo(Samples.of("system3", name).keySet());
            }
            assertThat(own.events(event -> event.data().contains(run))).isNotEmpty();
        }
    }

    @Test
    void whatCannotBeAskedIsSaid() {
        for (String body : List.of("", "[]", "{\"question\":7}", "\"x\"")) {
            Problems.assertIs(400, Http.post(cluster.a(), "/api/ai/chat", body));
        }
        for (String question : List.of("", " ", "x".repeat(8_001), "\\u0000", "\\ud800")) {
            Problems.assertIs(422, Http.post(cluster.a(), "/api/ai/chat", "{\"question\":\"" + question + "\"}"));
        }
        for (String id : List.of(UUID.randomUUID().toString(), "x", "%00", "..")) {
            assertThat(Http.get(cluster.a(), "/api/ai/runs/" + id + "/stream?client_id=" + page).statusCode()).isIn(400, 404);
        }
    }

    private String ask(URI node, String clientId, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.resolve("/api/ai/chat")).POST(BodyPublishers.ofString(body(clientId)));
        HttpResponse<String> answer = Http.send(key.isEmpty() ? request : request.header("Idempotency-Key", key));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Http.json(answer.body()).getString("runId");
    }

    private static String body(String clientId) {
        return "{\"question\":\"" + QUESTION + "\",\"client_id\":\"" + clientId + "\"}";
    }

    private HttpResponse<String> stop(URI node, String run, String clientId) {
        return Http.send(HttpRequest.newBuilder(node.resolve("/api/ai/runs/" + run + "/stop?client_id=" + clientId)).POST(BodyPublishers.noBody()));
    }

    private List<String> underWay(URI node) {
        return Http.array(Http.get(node, "/api/ai/runs?client_id=" + page).body()).getValuesAs(JsonObject.class).stream()
                .map(run -> run.getString("runId")).toList();
    }

    private static Stream channel(URI node, String clientId) {
        return Stream.open(node, "/sse/ai?client_id=" + clientId).greeted();
    }

    private Stream ofRun(URI node, String run, String lastEventId) {
        return Stream.open(node, "/api/ai/runs/" + run + "/stream?client_id=" + page, lastEventId);
    }

    private static String joined(Stream stream, String run) {
        return stream.events(event -> event.is("ai_response") && event.json().getString("runId").equals(run)).stream()
                .map(event -> event.json().getString("content")).collect(Collectors.joining());
    }
}

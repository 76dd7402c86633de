package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;

/** Answers as the UI message stream, which {@code useChat} of the Vercel AI SDK reads. */
@ExtendWith(TwoNodes.class)
class UiChatIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    /** All that its readers of every version take. */
    private static final Set<String> CHUNKS = Set.of("start", "text-start", "text-delta", "text-end", "error", "abort", "finish");

    private final Cluster cluster;
    private final String page = "page-" + UUID.randomUUID();

    UiChatIT(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Of a question whose body was not there with its head, only the greeting came. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"400|7", "400|[7]", "400|[{\"role\":7}]", "400|[{\"role\":\"user\",\"parts\":7}]",
        "422|[]", "422|[{\"role\":\"assistant\",\"parts\":[]}]", "422|[{\"role\":\"user\"}]",
        "422|[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"text\":\"a\\u0000\"}]}]",
        "422|[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"text\":\"a\\ud800\"}]}]"})
    void messagesThatAreNoneAreRefused(int status, String messages) {
        Problems.assertIs(status, Http.post(cluster.a(), "/api/ai/ui/chat", "{\"id\":\"" + UUID.randomUUID() + "\",\"messages\":" + messages + '}'));
    }

    @Test
    void streamIsWholeThoughTheQuestionCameSlowly() {
        String body = question("waves");
        try (RawRequest request = RawRequest.send(cluster.a(), RawRequest.head("/api/ai/ui/chat", "Content-Length: " + body.length() + "\r\n"))) {
            request.send(body.substring(0, 10));
            request.send(body.substring(10));

            String answer = request.answerWith("[DONE]");

            assertThat(answer).startsWith("HTTP/1.1 200").contains("Connection: close", "x-vercel-ai-ui-message-stream: v1", "{\"type\":\"text-start\"", "{\"type\":\"finish\"}",
                    "data: [DONE]");
        }
    }

    @Test
    void chatForReactIsFoundAgainAndStopped() {
        String path = "/api/ai/ui/chat/" + page;
        assertThat(Http.get(cluster.b(), path + "/stream").statusCode()).isEqualTo(204);
        String body = question("50 sentences");
        CompletableFuture<HttpResponse<String>> asking = CompletableFuture.supplyAsync(() -> Http.post(cluster.a(), "/api/ai/ui/chat", body));
        await().atMost(SOON).until(() -> underWay().contains("runId"));

        try (Stream again = Stream.open(cluster.b(), path + "/stream")) {
            again.first(event -> event.data().contains("text-delta"));
            assertThat(Http.send(HttpRequest.newBuilder(cluster.b().resolve(path + "/stop")).POST(BodyPublishers.noBody())).statusCode()).isEqualTo(202);
            again.first(event -> event.data().equals("[DONE]"));
            List<String> chunks = again.events().stream().map(SseEvent::data).toList();
            assertThat(chunks.get(0)).startsWith("{\"type\":\"start\",\"messageId\":");
            assertThat(chunks.get(chunks.size() - 2)).isEqualTo("{\"type\":\"abort\"}");
            assertThat(chunks.subList(0, chunks.size() - 1)).allMatch(chunk -> CHUNKS.contains(Http.json(chunk).getString("type")));
            assertThat(deltas(chunks.stream())).isEqualTo(deltas(asking.join().body().lines().filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring("data: ".length()))));
        }
        assertThat(Http.get(cluster.b(), path + "/stream").statusCode()).isEqualTo(204);
    }

    @Test
    void readerOfAChatThatLostItsLineGetsTheRestThoughTheAnswerHasEnded() {
        String body = question("waves");
        List<String> lines = Http.post(cluster.a(), "/api/ai/ui/chat", body).body().lines().toList();
        List<String> ids = lines.stream().filter(line -> line.startsWith("id: ")).map(line -> line.substring("id: ".length())).toList();
        String had = ids.get(ids.size() / 2);

        try (Stream rest = Stream.open(cluster.b(), "/api/ai/ui/chat/" + page + "/stream", had)) {
            rest.first(event -> event.data().equals("[DONE]"));
            assertThat(deltas(rest.events().stream().map(SseEvent::data))).isEqualTo(deltas(lines.stream().dropWhile(line -> !line.equals("id: " + had)).skip(1)
                    .dropWhile(line -> !line.startsWith("id: ")).filter(line -> line.startsWith("data: ")).map(line -> line.substring("data: ".length()))));
        }
        String last = ids.get(ids.size() - 1);
        assertThat(Http.send(HttpRequest.newBuilder(cluster.b().resolve("/api/ai/ui/chat/" + page + "/stream")).header("Last-Event-ID", last)).statusCode())
                .isEqualTo(204);
    }

    /** What a chat was asked is known before its answer begins, or it was not asked. */
    @Test
    void questionOfAChatThatCannotBeRememberedWasNotAsked() {
        String body = question("waves");
        HttpRequest.Builder request = HttpRequest.newBuilder(cluster.a().resolve("/api/ai/ui/chat")).header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body));
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            redis.aclSetUser("default", "-ltrim");
            try {
                Problems.assertIs(503, Http.send(request));
            } finally {
                redis.aclSetUser("default", "+@all");
            }
        }
        assertThat(underWay()).isEqualTo("[]");
        assertThat(Http.send(request).body()).contains("{\"type\":\"finish\"}").endsWith("data: [DONE]\n\n");
    }

    private static String deltas(java.util.stream.Stream<String> chunks) {
        return chunks.filter(chunk -> chunk.startsWith("{\"type\":\"text-delta\"")).map(chunk -> Http.json(chunk).getString("delta"))
                .collect(Collectors.joining());
    }

    private String underWay() {
        return Http.get(cluster.b(), "/api/ai/runs?client_id=" + page).body();
    }

    private String question(String text) {
        return "{\"id\":\"" + page + "\",\"messages\":[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}]}";
    }
}

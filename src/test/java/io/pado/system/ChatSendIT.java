package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import io.pado.run.making.Runs;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is said to characters is answered in the response, kept as a message once, and heard by the others in the room. */
@ExtendWith(TwoNodes.class)
class ChatSendIT {

    private static final Duration SOON = Duration.ofSeconds(15);

    private final Cluster cluster;
    private Login user;
    private Login friend;
    private List<Integer> personas;

    ChatSendIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void characters() {
        user = cluster.login("customer");
        friend = cluster.login("user1");
        personas = ids("/api/personas");
        assertThat(personas).hasSizeGreaterThanOrEqualTo(2);
    }

    /** Else whoever makes the most would hide those of all others. */
    @Test
    void newCharactersAreListedHoweverManyThereAreAndOlderOnesAreFound() {
        int oldest = personas.get(personas.size() - 1);
        Database.execute(cluster.database(), "INSERT INTO persona (name, instruction, created_at) SELECT 'many', 'x', now() FROM generate_series(1, 500)");
        try {
            int made = Http.json(friend.post("/api/personas", "{\"name\":\"new\",\"prompt\":\"x\"}").body()).getInt("id");
            List<Integer> first = ids("/api/personas");

            assertThat(first).startsWith(made).hasSize(500).isSortedAccordingTo(Comparator.reverseOrder()).doesNotContain(oldest);
            assertThat(ids("/api/personas?before=" + first.get(499))).hasSize(personas.size() + 1).endsWith(oldest);
            Problems.assertIs(400, user.get("/api/personas?before=x"));
        } finally {
            Database.execute(cluster.database(), "DELETE FROM persona WHERE name IN ('many', 'new')");
        }
    }

    @Test
    void characterAnswersInTheResponseAndComesCloser() {
        String room = room("{\"kind\":\"one_on_one\",\"personaIds\":[%d]}".formatted(personas.get(0)));
        long exp = intimacy(personas.get(0));
        try (Stream feed = Stream.open(cluster.b(), "/api/realtime/stream?token=" + user.token())) {
            feed.first(event -> event.name().equals("connected"));
            List<String> lines = lines(send(cluster.a(), room, "안녕하세요! 오늘 기분이 어때요?", ""));

            assertThat(lines).last().isEqualTo("[DONE]");
            List<JsonObject> events = events(lines);
            for (String type : List.of("user_message", "text_chunk", "exp_updated", "complete")) {
                assertThat(of(events, type).get(0).keySet()).as(type).isEqualTo(Samples.of("system5", type).keySet());
            }
            assertThat(types(events)).startsWith("user_message").endsWith("text_chunk", "exp_updated", "complete");
            assertThat(events.get(0).keySet()).containsExactly("type", "content", "sender", "senderId", "timestamp", "messageId", "runId");
            JsonObject closer = of(events, "exp_updated").get(0);
            assertThat(closer.getInt("newExp")).isEqualTo((int) exp + 10).isEqualTo((int) intimacy(personas.get(0)));
            assertThat(closer.getInt("newLevel")).isEqualTo((int) (exp + 10) / 100 + 1);
            String answer = text(events);
            feed.first(event -> event.name().equals("message") && event.json().getString("content").equals(answer));
            assertThat(feed.events(event -> event.name().equals("message") && event.json().getString("content").equals(answer))).hasSize(1);
            assertThat(messages(room)).hasSize(2).first().satisfies(message -> assertThat(message.getString("senderType")).isEqualTo("ai"));
        }
    }

    @Test
    void sameKeyIsTheSameSend() {
        String room = room("{\"kind\":\"one_on_one\",\"personaIds\":[%d]}".formatted(personas.get(0)));
        String key = UUID.randomUUID().toString();

        CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> send(cluster.a(), room, "같은 질문", key));
        CompletableFuture<HttpResponse<String>> second = CompletableFuture.supplyAsync(() -> send(cluster.b(), room, "같은 질문", key));

        List<JsonObject> one = events(lines(first.join()));
        List<JsonObject> other = events(lines(second.join()));
        assertThat(text(one)).isEqualTo(text(other)).isNotBlank();
        assertThat(one.get(0)).isEqualTo(other.get(0));
        assertThat(messages(room)).hasSize(2);
    }

    @Test
    void stopKeepsWhatThereIs() {
        String room = room("{\"kind\":\"one_on_one\",\"personaIds\":[%d]}".formatted(personas.get(0)));
        String key = UUID.randomUUID().toString();
        CompletableFuture<HttpResponse<String>> sending = CompletableFuture.supplyAsync(() -> send(cluster.a(), room, "긴 이야기를 해 주세요", key));
        await().atMost(SOON).until(() -> user.get("/api/chat/rooms/" + room + "/runs").body().contains("streaming"));

        assertThat(user.at(cluster.b()).post("/api/chat/rooms/" + room + "/stop", "", key).statusCode()).isEqualTo(202);

        List<JsonObject> events = events(lines(sending.join()));
        assertThat(of(events, "complete").get(0).getString("finishReason")).isEqualTo("stopped");
        assertThat(of(events, "exp_updated")).isEmpty();
        assertThat(messages(room).get(0).getString("content")).isEqualTo(text(events)).isNotBlank();
    }

    @Test
    void busyRoomDoesWhatTheSenderAsks() {
        String room = room("{\"kind\":\"one_on_one\",\"personaIds\":[%d]}".formatted(personas.get(0)));
        CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> send(cluster.a(), room, "첫째", ""));
        await().atMost(SOON).until(() -> user.get("/api/chat/rooms/" + room + "/runs").body().contains("streaming"));

        Problems.assertIs(409, send(cluster.b(), room, "거절", "", ",\"whenBusy\":\"reject\""));
        CompletableFuture<HttpResponse<String>> second = CompletableFuture.supplyAsync(() -> send(cluster.b(), room, "둘째", ""));
        List<JsonObject> later = events(lines(second.join()));

        assertThat(of(events(lines(first.join())), "complete").get(0).getString("finishReason")).isEqualTo("stop");
        assertThat(types(later)).endsWith("complete");
        assertThat(messages(room).stream().map(message -> message.getString("content"))).doesNotContain("거절");
        List<String> types = messages(room).stream().map(message -> message.getString("senderType")).toList();
        assertThat(types).containsExactly("ai", "ai", "user", "user");

        CompletableFuture<HttpResponse<String>> third = CompletableFuture.supplyAsync(() -> send(cluster.a(), room, "50문장으로 이야기해 주세요", ""));
        await().atMost(SOON).until(() -> user.get("/api/chat/rooms/" + room + "/runs").body().contains("streaming"));
        List<JsonObject> last = events(lines(send(cluster.b(), room, "넷째", "", ",\"whenBusy\":\"interrupt\"")));
        List<JsonObject> interrupted = events(lines(third.join()));
        assertThat(of(interrupted, "complete").get(0).getString("finishReason")).isEqualTo("interrupted");
        assertThat(of(last, "complete").get(0).getString("finishReason")).isEqualTo("stop");
        assertThat(messages(room).stream().map(message -> message.getString("content"))).contains(text(interrupted), text(last));
    }

    /** What the message would be stored under is taken. */
    @Test
    void sendThatIsRefusedInterruptsNothing() {
        String room = room("{\"kind\":\"one_on_one\",\"personaIds\":[%d]}".formatted(personas.get(0)));
        String key = UUID.randomUUID().toString();
        String run = Runs.idOf("user:" + user.userId() + room, key);
        assertThat(user.post("/api/chat/rooms/" + room + "/messages", "{\"content\":\"먼저\"}", "run-" + run).statusCode()).isEqualTo(201);
        CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> send(cluster.a(), room, "8문장으로 이야기해 주세요", ""));
        await().atMost(SOON).until(() -> user.get("/api/chat/rooms/" + room + "/runs").body().contains("streaming"));

        Problems.assertIs(409, user.at(cluster.b()).post("/api/chat/rooms/" + room + "/send", body("둘째", ",\"whenBusy\":\"interrupt\""), key));

        assertThat(of(events(lines(first.join())), "complete").get(0).getString("finishReason")).isEqualTo("stop");
        assertThat(user.get("/api/chat/rooms/" + room + "/runs").body()).isEqualTo("[]");
    }

    @Test
    void whoIsRemovedFromAGroupHearsNoMoreOfItsAnswers() {
        String room = room("{\"kind\":\"group\",\"name\":\"leave\",\"personaIds\":[%d],\"memberIds\":[%d]}".formatted(personas.get(0), friend.userId()));
        String participants = "/api/chat/rooms/" + room + "/participants";
        CompletableFuture<HttpResponse<String>> sending = CompletableFuture.supplyAsync(() ->
                friend.post("/api/chat/rooms/" + room + "/send", "{\"message\":\"50문장으로 답해 주세요\"}"));
        String run = Http.array(await().atMost(SOON).until(() -> friend.get("/api/chat/rooms/" + room + "/runs").body(), body -> body.contains("waiting")))
                .getJsonObject(0).getString("runId");
        String stream = "/api/chat/runs/" + run + "/stream?token=" + friend.token();
        try (Stream again = Stream.open(cluster.b(), stream)) {
            again.first(event -> event.json().getString("type").equals("user_message"));
            assertThat(user.delete(participants + '/' + friend.userId()).statusCode()).isEqualTo(204);

            again.first(event -> event.data().equals("[DONE]"));
            await().atMost(SOON).until(again::ended);
            for (List<String> lines : List.of(lines(sending.join()), again.events().stream().map(SseEvent::data).toList())) {
                assertThat(lines).last().isEqualTo("[DONE]");
                assertThat(types(events(lines))).containsExactly("user_message", "error");
                JsonObject error = of(events(lines), "error").get(0);
                assertThat(error.getString("message")).isEqualTo("채팅방을 찾을 수 없습니다.");
                assertThat(error.getJsonObject("problem").getInt("status")).isEqualTo(404);
            }
        }
        Problems.assertIs(404, Http.get(cluster.b(), stream));
        Problems.assertIs(404, friend.post("/api/chat/runs/" + run + "/stop", ""));

        assertThat(user.post(participants, "{\"userId\":" + friend.userId() + '}').statusCode()).isEqualTo(200);
        assertThat(friend.get("/api/chat/rooms/" + room + "/runs").body()).contains(run);
        assertThat(friend.post("/api/chat/runs/" + run + "/stop", "").statusCode()).isEqualTo(202);
    }

    @Test
    void charactersOfAGroupAnswerOnceEachAndOthersHearThem() {
        String room = room("{\"kind\":\"group\",\"name\":\"모임\",\"personaIds\":[%d,%d],\"memberIds\":[%d]}"
                .formatted(personas.get(0), personas.get(1), friend.userId()));
        try (Stream feed = Stream.open(cluster.b(), "/api/realtime/stream?token=" + friend.token())) {
            feed.first(event -> event.name().equals("connected"));
            List<String> lines = lines(send(cluster.a(), room, "모두 안녕하세요", ""));

            List<JsonObject> events = events(lines);
            assertThat(types(events)).startsWith("user_message").endsWith("complete");
            List<JsonObject> answers = of(events, "ai_response");
            assertThat(answers.stream().map(each -> each.getInt("personaId"))).containsExactlyInAnyOrder(personas.get(0), personas.get(1));
            assertThat(answers.get(0).keySet()).containsExactly("type", "content", "aiName", "aiId", "personaId", "timestamp");
            assertThat(of(events, "exp_updated")).hasSize(2);
            assertThat(lines).last().isEqualTo("[DONE]");
            for (JsonObject answer : answers) {
                feed.first(event -> event.name().equals("message") && event.json().getString("content").equals(answer.getString("content")));
            }
            assertThat(messages(room)).hasSize(3);
        }
        Problems.assertIs(409, user.post("/api/chat/rooms/" + room + "/sse", body("x", "")));
    }

    @Test
    void oldAddressesOfBothKindsOfRoomsAnswerWithTheSameStream() {
        String alone = room("{\"kind\":\"one_on_one\",\"personaIds\":[%d]}".formatted(personas.get(0)));
        String group = room("{\"kind\":\"group\",\"name\":\"old\",\"personaIds\":[%d]}".formatted(personas.get(0)));
        List<String> ofOne = lines(user.post("/api/chat/rooms/" + alone + "/sse", body("짧게", "")));
        List<String> ofGroup = lines(user.at(cluster.b()).post("/api/chat/rooms/" + group + "/group-sse", body("1 sentence", "")));

        assertThat(types(events(ofOne))).startsWith("user_message").contains("text_chunk").endsWith("exp_updated", "complete");
        assertThat(types(events(ofGroup))).startsWith("user_message").contains("ai_response", "exp_updated").endsWith("complete");
        assertThat(List.of(ofOne, ofGroup)).allSatisfy(each -> assertThat(each).last().isEqualTo("[DONE]"));
        assertThat(List.of(messages(alone), messages(group))).allSatisfy(each -> assertThat(each).hasSize(2));
    }

    @Test
    void groupThatDoesNotAnswerInTimeIsToldSoAndItsAnswerStillComes() {
        String room = room("{\"kind\":\"group\",\"name\":\"slow\",\"personaIds\":[%d]}".formatted(personas.get(0)));
        try (Node hasty = cluster.another("hasty", Map.of("pado.chat.timeout.seconds", "1"));
                Stream feed = Stream.open(cluster.b(), "/api/realtime/stream?token=" + user.token())) {
            List<String> lines = lines(send(hasty.baseUri(), room, "5문장으로 답해 주세요", ""));

            List<JsonObject> events = events(lines);
            assertThat(types(events)).containsExactly("user_message", "timeout");
            assertThat(events.get(1).keySet()).isEqualTo(Samples.of("system5", "timeout").keySet());
            assertThat(lines).last().isEqualTo("[DONE]");
            feed.first(event -> event.name().equals("message") && event.json().getString("senderType").equals("ai")
                    && event.json().getString("roomId").equals(room));
            assertThat(messages(room)).hasSize(2);
        }
    }

    @Test
    void whatCannotBeSentIsSaid() {
        String room = room("{\"kind\":\"one_on_one\",\"personaIds\":[%d]}".formatted(personas.get(0)));
        HttpResponse<String> unknown = user.post("/api/chat/rooms/000000000000000000000000/send", body("x", ""));
        assertThat(unknown.statusCode()).isEqualTo(200);
        assertThat(lines(unknown)).last().isEqualTo("[DONE]");
        assertThat(events(lines(unknown)).get(0).getString("message")).isEqualTo("채팅방을 찾을 수 없습니다.");
        Problems.assertIs(404, asJson(user, "000000000000000000000000", body("x", "")));
        Problems.assertIs(404, asJson(friend, room, "{\"message\":\"x\",\"sender\":\"" + friend.userId() + "\"}"));
        Problems.assertIs(403, asJson(user, room, "{\"message\":\"x\",\"sender\":\"" + friend.userId() + "\",\"userName\":\"n\"}"));
        Problems.assertIs(401, Http.post(cluster.a(), "/api/chat/rooms/" + room + "/send", body("x", "")));
        Problems.assertIs(409, user.post("/api/chat/rooms/" + room + "/group-sse", body("x", "")));
        for (String message : List.of("", "x".repeat(100_000), "\\u0007")) {
            Problems.assertIs(422, user.post("/api/chat/rooms/" + room + "/send", body(message, "")));
        }
        for (String body : List.of("no", "{\"message\":\"x\",\"sender\":{}}", "{\"message\":\"x\",\"sender\":true}")) {
            Problems.assertIs(400, asJson(user, room, body));
        }
        Problems.assertIs(422, user.post("/api/chat/rooms", "{\"kind\":\"one_on_one\",\"personaIds\":[999999]}"));
        assertThat(messages(room)).isEmpty();
    }

    private String room(String json) {
        HttpResponse<String> answer = user.post("/api/chat/rooms", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Http.json(answer.body()).getString("id");
    }

    private HttpResponse<String> send(URI node, String room, String message, String key) {
        return key.isEmpty() ? send(node, room, message, key, "") : user.at(node).post("/api/chat/rooms/" + room + "/send", body(message, ""), key);
    }

    private HttpResponse<String> send(URI node, String room, String message, String key, String more) {
        return user.at(node).post("/api/chat/rooms/" + room + "/send", body(message, more));
    }

    private String body(String message, String more) {
        return "{\"message\":\"%s\",\"sender\":\"%d\",\"userName\":\"손님\"%s}".formatted(message, user.userId(), more);
    }

    private HttpResponse<String> asJson(Login login, String room, String body) {
        return Http.send(HttpRequest.newBuilder(cluster.a().resolve("/api/chat/rooms/" + room + "/send")).header("Authorization", "Bearer " + login.token())
                .header("Accept", "application/json").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private List<Integer> ids(String path) {
        return Http.array(user.get(path).body()).getValuesAs(JsonObject.class).stream().map(each -> each.getInt("id")).toList();
    }

    private long intimacy(int persona) {
        return Http.json(user.at(cluster.b()).get("/api/personas/" + persona + "/intimacy").body()).getInt("exp");
    }

    private List<JsonObject> messages(String room) {
        return Http.json(user.get("/api/chat/rooms/" + room + "/messages").body()).getJsonArray("items").getValuesAs(JsonObject.class);
    }

    /** As the document's client reads. */
    private static List<String> lines(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(answer.body()).as(answer.version() + " " + answer.headers().map()).contains("data: ");
        return answer.body().lines().filter(line -> line.startsWith("data: ")).map(line -> line.substring("data: ".length())).toList();
    }

    private static List<JsonObject> events(List<String> lines) {
        return lines.stream().filter(line -> !line.equals("[DONE]")).map(Http::json).filter(event -> !event.getString("type").equals("status")).toList();
    }

    private static List<JsonObject> of(List<JsonObject> events, String type) {
        return events.stream().filter(event -> event.getString("type").equals(type)).toList();
    }

    private static List<String> types(List<JsonObject> events) {
        return events.stream().map(event -> event.getString("type")).toList();
    }

    private static String text(List<JsonObject> events) {
        return of(events, "text_chunk").stream().map(event -> event.getString("content")).collect(Collectors.joining());
    }
}

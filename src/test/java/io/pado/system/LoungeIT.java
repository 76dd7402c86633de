package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** The public room, and what other programs publish for its channel and that of answers. */
@ExtendWith(TwoNodes.class)
class LoungeIT {

    private final Cluster cluster;

    LoungeIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void whatAUserSaysReachesEverybodyOnceAndIsKept() {
        Login user = cluster.login("user1");
        String text = "안녕 " + UUID.randomUUID();
        String key = UUID.randomUUID().toString();
        try (Stream reader = Stream.open(cluster.b(), "/sse/chat?client_id=a").greeted()) {
            JsonObject said = Http.json(user.post("/api/chat/messages", "{\"content\":\"" + text + "\"}", key).body());
            HttpResponse<String> again = user.at(cluster.b()).post("/api/chat/messages", "{\"content\":\"" + text + "\"}", key);
            assertThat(Http.json(again.body())).isEqualTo(said);

            JsonObject heard = reader.first(event -> event.is("chat_message") && event.data().contains(text)).json();
            assertThat(heard.getJsonObject("data")).isEqualTo(said);
            assertThat(heard.keySet()).isEqualTo(Samples.of("system3", "chat_message").keySet());
            assertThat(said.keySet()).isEqualTo(Samples.of("system3", "chat_message").getJsonObject("data").keySet());
            JsonObject newest = Http.array(Http.get(cluster.a(), "/api/chat/messages").body()).getJsonObject(0);
            assertThat(newest).isEqualTo(said);
            assertThat(Http.array(Http.get(cluster.b(), "/api/chat/messages?before=" + said.getInt("id")).body()).toString()).doesNotContain(text);
            assertThat(reader.events(event -> event.data().contains(text))).hasSize(1);
        }
    }

    @Test
    void whatCannotBeSaidIsRefused() {
        Login user = cluster.login("user1");
        Problems.assertIs(401, Http.post(cluster.a(), "/api/chat/messages", "{\"content\":\"x\"}"));
        for (String content : List.of("", " ", "x".repeat(4_001), "\\u0000")) {
            Problems.assertIs(422, user.post("/api/chat/messages", "{\"content\":\"" + content + "\"}"));
        }
        Problems.assertIs(400, user.post("/api/chat/messages", "{"));
        Problems.assertIs(400, Http.get(cluster.a(), "/api/chat/messages?before=x"));
    }

    @Test
    void whatOtherProgramsPublishReachesTheChannels() {
        String marker = UUID.randomUUID().toString();
        try (Stream chat = Stream.open(cluster.a(), "/sse/chat?client_id=a").greeted(); Stream ai = Stream.open(cluster.b(), "/sse/ai?client_id=b").greeted();
                Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            awaitTaken(redis, "chat_messages", "{\"content\":\"" + marker + "\"}");
            awaitTaken(redis, "ai_responses", "{\"content\":\"" + marker + "\"}");

            JsonObject message = chat.first(event -> event.data().contains(marker)).json();
            JsonObject answer = ai.first(event -> event.data().contains(marker)).json();

            assertThat(message.getString("type")).isEqualTo("chat_message");
            assertThat(message.getJsonObject("data").getString("content")).isEqualTo(marker);
            assertThat(answer.getString("type")).isEqualTo("ai_response");
            assertThat(answer.getString("content")).isEqualTo(marker);
            assertThat(answer.getJsonObject("data").getString("content")).isEqualTo(marker);
        }
    }

    /** What a run calls its events is no word of others. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"ended\",\"data\":{\"state\":\"failed\",\"marker\":\"M\"}}",
            "{\"type\":\"ended\",\"data\":{\"state\":\"failed\",\"error\":5,\"marker\":\"M\"}}", "{\"type\":\"ended\",\"data\":[\"M\"]}",
            "{\"type\":\"ended\",\"data\":{\"state\":\"completed\",\"marker\":\"M\"}}", "{\"type\":\"text\",\"data\":{\"marker\":\"M\"}}",
            "{\"type\":\"status\",\"data\":{\"state\":5,\"marker\":\"M\"}}"})
    void whatOtherProgramsCallLikeARunsEventsCutsNobody(String message) {
        String marker = UUID.randomUUID().toString();
        JsonObject sent = Http.json(message.replace("M", marker));
        SamplePoll poll = SamplePoll.open(cluster.database());
        try (Stream live = Stream.open(cluster.a(), "/sse/events?client_id=a").greeted(); Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            String before = live.first(event -> event.is("connection_ack")).id();
            awaitTaken(redis, "ai_responses", message.replace("M", marker));
            JsonObject heard = live.first(event -> event.data().contains(marker)).json();
            Http.post(cluster.a(), poll.path() + "/votes", poll.vote(0, "a"));
            live.first(event -> event.tellsOf(poll));

            assertThat(heard.getString("type")).isEqualTo(sent.getString("type"));
            assertThat(heard.get("data")).isEqualTo(sent.get("data"));
            assertThat(live.events(event -> event.is("reset"))).isEmpty();
            try (Stream back = Stream.open(cluster.b(), "/sse/events?client_id=a&last_event_id=" + before)) {
                back.first(event -> event.tellsOf(poll));
                assertThat(back.events(event -> event.data().contains(marker))).hasSize(1);
                assertThat(back.events(event -> event.is("reset"))).isEmpty();
            }
        }
    }

    /** Nobody listens for a moment while the node that takes them in changes. */
    private static void awaitTaken(Jedis redis, String channel, String message) {
        await().atMost(Duration.ofSeconds(10)).until(() -> redis.publish(channel, message) > 0);
    }
}

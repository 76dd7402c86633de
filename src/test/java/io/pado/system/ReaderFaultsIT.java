package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who reads a character's answer dies in the middle of it: the answer does not. */
@ExtendWith(TwoNodes.class)
class ReaderFaultsIT {

    private static final Duration SOON = Duration.ofSeconds(15);

    private final Cluster cluster;
    private final Login user;
    private final Login friend;

    ReaderFaultsIT(Cluster cluster) {
        this.cluster = cluster;
        user = cluster.login("customer");
        friend = cluster.login("user1");
    }

    @Test
    void readerThatIsKilledInMidAnswerFindsItsTextAndTheRestOnTheOtherNodeAndItIsKeptAndToldOnce() {
        String room = room();
        String run;
        String answer;
        try (Stream feed = Stream.open(cluster.a(), "/api/realtime/stream?token=" + user.token())) {
            feed.first(event -> event.name().equals("connected"));
            List<JsonObject> heard = heardUntilKilled(room, "긴 이야기를 해 주세요");
            run = heard.get(0).getString("runId");
            assertThat(messages(room)).as("the answer is not there yet").hasSize(1);
            try (Stream late = Stream.open(cluster.b(), "/api/chat/runs/" + run + "/stream?token=" + user.token())) {
                late.first(event -> event.data().equals("[DONE]"));
                List<JsonObject> chunks = late.events(event -> event.data().startsWith("{\"type\":\"text_chunk\"")).stream().map(SseEvent::json).toList();
                assertThat(chunks).hasSizeGreaterThan(1);
                assertThat(chunks.get(0).getBoolean("replay")).isTrue();
                assertThat(chunks.get(0).getString("content")).startsWith(text(heard));
                answer = text(chunks);
                assertThat(late.events(event -> event.data().startsWith("{\"type\":\"complete\""))).hasSize(1);
            }
            assertThat(messages(room).stream().filter(message -> message.getString("senderType").equals("ai")).map(message -> message.getString("content")))
                    .containsExactly(answer);
            feed.first(event -> isAnswer(event, room));
            // What comes after it is heard after it.
            assertThat(user.post("/api/chat/rooms/" + room + "/messages", "{\"content\":\"end\"}").statusCode()).isEqualTo(201);
            feed.first(event -> event.name().equals("message") && event.json().getString("content").equals("end"));
            assertThat(feed.events(event -> isAnswer(event, room))).singleElement().satisfies(event -> assertThat(event.json().getString("content")).isEqualTo(answer));
        }
        for (String garbage : List.of("x", "none-0", "-1", "e-99999999999999999999")) {
            try (Stream lost = Stream.open(cluster.b(), "/api/chat/runs/" + run + "/stream?token=" + user.token(), garbage)) {
                assertThat(lost.first(event -> event.data().startsWith("{\"type\":\"text_chunk\"")).json().getBoolean("replay")).isTrue();
            }
        }
        Problems.assertIs(404, friend.at(cluster.b()).get("/api/chat/runs/" + run + "/stream"));
        Problems.assertIs(404, friend.post("/api/chat/runs/" + run + "/stop", ""));
    }

    private static boolean isAnswer(SseEvent event, String room) {
        return event.name().equals("message") && event.json().getString("roomId").equals(room) && event.json().getString("senderType").equals("ai");
    }

    /** Sends, and breaks the connection off after the third piece of the answer. */
    private List<JsonObject> heardUntilKilled(String room, String message) {
        List<String> heard = new ArrayList<>();
        byte[] body = "{\"message\":\"%s\"}".formatted(message).getBytes(StandardCharsets.UTF_8);
        String head = "POST /api/chat/rooms/%s/send HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(room, cluster.a().getAuthority(), user.token(), body.length);
        try (java.net.Socket socket = new java.net.Socket(cluster.a().getHost(), cluster.a().getPort());
                BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.setSoLinger(true, 0); // A killed process says no goodbye.
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            while (heard.stream().filter(line -> line.contains("text_chunk")).count() < 3) {
                String line = lines.readLine();
                assertThat(line).as("after %s", heard).isNotNull();
                if (line.startsWith("data: ")) {
                    heard.add(line.substring("data: ".length()));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return heard.stream().map(Http::json).filter(event -> !event.getString("type").equals("status")).toList();
    }

    private String room() {
        int persona = Http.array(user.get("/api/personas").body()).getJsonObject(0).getInt("id");
        return Http.json(user.post("/api/chat/rooms", "{\"kind\":\"one_on_one\",\"personaIds\":[" + persona + "]}").body()).getString("id");
    }

    private List<JsonObject> messages(String room) {
        return Http.json(user.get("/api/chat/rooms/" + room + "/messages").body()).getJsonArray("items").getValuesAs(JsonObject.class);
    }

    private static String text(List<JsonObject> events) {
        return events.stream().filter(event -> event.getString("type").equals("text_chunk")).map(event -> event.getString("content")).collect(Collectors.joining());
    }
}

package io.pado.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Gives a demo the commands of the README's part "Try", each once; they must work at the first time. Begins with what is made last in a start. */
final class Newcomer {

    private static final String JSON = "application/json";
    /** Which curl names where the command names none. */
    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpClient client = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    Newcomer(URI base) {
        this.base = base;
    }

    void doWhatTheReadmeShows() throws IOException, InterruptedException {
        String customer = login("customer");
        hearOfAMessage(customer);
        talkWithACharacter(customer);
        vote();
        publish(login("admin"));
        order();
        ask();
        seeFriends(login("user1"));
    }

    private String login(String user) throws IOException, InterruptedException {
        return post("api/auth/login/json", "", JSON, "{\"email\":\"" + user + "@demo.pado\",\"password\":\"pado-demo\"}").getString("access_token");
    }

    private void hearOfAMessage(String token) throws IOException, InterruptedException {
        try (BufferedReader stream = open(request("api/realtime/stream", token))) {
            awaitLine(stream, "connected");
            JsonObject rooms = parsed(client.send(request("api/chat/rooms", token).build(), BodyHandlers.ofString()));
            assertThat(rooms.getJsonArray("items")).as("the demo's rooms").isNotEmpty();
            post("api/chat/rooms/" + rooms.getJsonArray("items").getJsonObject(0).getString("id") + "/messages", token, JSON, "{\"content\":\"hello\"}");
            awaitLine(stream, "\"content\":\"hello\"");
        }
    }

    private void talkWithACharacter(String token) throws IOException, InterruptedException {
        String room = post("api/chat/rooms", token, JSON, "{\"kind\":\"one_on_one\",\"personaIds\":[1]}").getString("id");
        HttpRequest.Builder send = request("api/chat/rooms/" + room + "/send", token).header("Content-Type", JSON)
                .POST(BodyPublishers.ofString("{\"message\":\"안녕하세요!\"}"));
        try (BufferedReader answer = open(send)) {
            awaitLine(answer, "data:");
        }
    }

    private void vote() throws IOException, InterruptedException {
        try (BufferedReader votes = open(request("sse/votes?client_id=a", ""))) {
            awaitLine(votes, "data:");
            post("api/polls/1/votes", "", JSON, "{\"optionId\":1,\"client_id\":\"me\"}");
            awaitLine(votes, "\"totalVotes\":1");
        }
    }

    private void publish(String token) throws IOException, InterruptedException {
        post("api/topics/public:news/events", token, JSON, "{\"event\":\"hello\",\"data\":{\"n\":1}}");
    }

    private void order() throws IOException, InterruptedException {
        post("api/orders", "", JSON, "{\"payType\":\"CELL\",\"cellId\":1,\"items\":[{\"menuId\":1,\"quantity\":2}]}");
    }

    private void ask() throws IOException, InterruptedException {
        post("api/ai/chat", "", FORM, "{\"question\":\"Why are there waves?\",\"client_id\":\"me\"}");
    }

    private void seeFriends(String token) throws IOException, InterruptedException {
        try (BufferedReader stream = open(request("api/presence/stream?token=" + token, ""))) {
            awaitLine(stream, "initial");
        }
    }

    private JsonObject post(String path, String token, String type, String body) throws IOException, InterruptedException {
        return parsed(client.send(request(path, token).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()));
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private BufferedReader open(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> stream = client.send(request.build(), BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).as(stream.uri().getPath()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
    }

    private static JsonObject parsed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.uri().getPath() + " " + answer.body()).isBetween(200, 299);
        return Json.parseObject(answer.body()).orElseThrow();
    }

    private static void awaitLine(BufferedReader stream, String text) throws IOException {
        String line = stream.readLine();
        while (line != null && !line.contains(text)) {
            line = stream.readLine();
        }
        assertThat(line).as("a line with " + text).isNotNull();
    }
}

package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The plain HTTP side of a client. */
final class Http {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10)).build();
    private static final long DEADLINE_SECONDS = 15;

    private Http() {
    }

    static <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) {
        try {
            return CLIENT.send(request, body);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(hurry);
        }
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        // The request's own timeout ends with the headers, and a stream has no end.
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
    }

    static HttpResponse<String> get(URI base, String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)));
    }

    /** Asks for a stream as a browser's own {@code EventSource} does, and reads until it ends. */
    static HttpResponse<String> getAsEventSource(URI base, String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).header("Accept", "text/event-stream").header("Sec-Fetch-Mode", "cors"));
    }

    static HttpResponse<String> post(URI base, String path, String json) {
        return send(HttpRequest.newBuilder(base.resolve(path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /** Votes, and fails unless that was answered with the poll. */
    static JsonObject vote(URI base, SamplePoll poll, int option, String voter) {
        HttpResponse<String> answer = post(base, poll.path() + "/votes", poll.vote(option, voter));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer.body());
    }

    static JsonObject poll(URI base, SamplePoll poll) {
        return json(get(base, poll.path()).body());
    }

    static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    static JsonArray array(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readArray();
        }
    }
}

package io.pado.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** A witness on a stream of server-sent events: one id is its place in all topics. */
final class StreamWitness extends Witness {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();

    private final String query;
    private volatile String lastId = "";

    StreamWitness(String name, List<String> topics, Supplier<List<URI>> nodes, Random random, int restlessness) {
        super(name, nodes, random, restlessness);
        this.query = "/api/stream?topic=" + String.join("&topic=", topics);
    }

    @Override
    boolean begun() {
        return !lastId.isEmpty();
    }

    @Override
    void listen(URI node) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.resolve(query)).timeout(Duration.ofSeconds(10));
        if (begun()) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> answer;
        try {
            answer = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException hurry) {
            throw new IOException(hurry);
        }
        try (InputStream body = answer.body(); BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            if (answer.statusCode() != 200) {
                throw new IOException("answered with " + answer.statusCode());
            }
            connected();
            read(lines);
        }
    }

    /** Ends when the stream does, or when it is bored of it. */
    private void read(BufferedReader lines) throws IOException {
        String id = "";
        boolean listens = true;
        for (String line = lines.readLine(); listens && line != null && !stopped(); line = listens ? lines.readLine() : null) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                listens = hear(id, lastId, Http.json(line.substring(6)));
                lastId = id.isEmpty() ? lastId : id;
                id = "";
            }
        }
    }
}

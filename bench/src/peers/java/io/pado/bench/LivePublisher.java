package io.pado.bench;

import io.pado.launch.DemoUsers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Publishes on Pado's {@code /live} as the demo's publisher. */
final class LivePublisher implements TopicPublisher, WebSocket.Listener {
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    private final BiFunction<Integer, Integer, String> topic;
    private WebSocket socket;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
    private volatile String refusal = "";

    private LivePublisher(BiFunction<Integer, Integer, String> topic) {
        this.topic = topic;
    }

    /** @return a token of a user who may publish */
    static String token(int port) throws IOException, InterruptedException {
        String login = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/auth/login/json"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"email\":\"publisher@demo.pado\",\"password\":\"" + DemoUsers.PASSWORD + "\"}")).build(),
                BodyHandlers.ofString()).body();
        Matcher token = TOKEN.matcher(login);
        if (!token.find()) {
            throw new IOException("no token in " + login);
        }
        return token.group(1);
    }

    /**
     * @param token of a user who may publish
     * @param topic the name of a reader's topic with this number
     */
    static LivePublisher open(int port, String token, BiFunction<Integer, Integer, String> topic) {
        LivePublisher publisher = new LivePublisher(topic);
        publisher.socket = HttpClient.newHttpClient().newWebSocketBuilder().subprotocols("pado", "bearer." + token)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/live"), publisher).join();
        return publisher;
    }

    @Override
    public void publish(int reader, int number, byte[] json) throws IOException {
        if (!refusal.isEmpty()) {
            throw new IOException(refusal);
        }
        String command = "{\"type\":\"publish\",\"topic\":\"" + topic.apply(reader, number) + "\",\"data\":"
                + new String(json, StandardCharsets.US_ASCII) + '}';
        sent = sent.thenCompose(before -> socket.sendText(command, true));
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        if (text.toString().contains("\"type\":\"error\"")) {
            refusal = "Pado refused: " + text;
        }
        from.request(1);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        refusal = "the publisher's connection has ended: " + error;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        refusal = "the publisher's connection was closed: " + code + ' ' + reason;
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}

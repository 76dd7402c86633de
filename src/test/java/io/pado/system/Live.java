package io.pado.system;

import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of {@code /live}, with Java's own WebSocket, which is strict. Collects what comes in. Thread-safe. */
final class Live implements AutoCloseable, WebSocket.Listener {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final List<JsonObject> messages = new CopyOnWriteArrayList<>();
    private final List<String> pongs = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile int closeCode;
    private volatile String closeReason = "";
    private WebSocket socket;

    private Live() {
    }

    /** @param headers names and values, one after the other */
    static Live open(URI base, String path, String... headers) {
        Live live = new Live();
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        live.socket = connected(builder, base, path, live);
        live.first(message -> is(message, "welcome"));
        return live;
    }

    /** As a browser has to send its token. */
    static Live with(URI base, Login login) {
        Live live = new Live();
        live.socket = connected(CLIENT.newWebSocketBuilder().subprotocols("pado", "bearer." + login.token()), base, "/live", live);
        live.first(message -> is(message, "welcome"));
        return live;
    }

    private static WebSocket connected(WebSocket.Builder builder, URI base, String path, Live live) {
        try {
            URI address = URI.create(base.resolve(path).toString().replaceFirst("^http", "ws"));
            return builder.buildAsync(address, live).orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException refused) {
            throw new AssertionError(refused.getCause().toString(), refused.getCause());
        }
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    Live say(String json) {
        socket.sendText(json, true).orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
        return this;
    }

    void sayBinary() {
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
    }

    void ping(String payload) {
        socket.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8))).join();
    }

    /** Says it, and waits for the answer with the same {@code ref}. */
    JsonObject ask(String json) {
        int ref = messages.size();
        int before = messages.size();
        String referred = json.substring(0, json.length() - 1) + ",\"ref\":\"r" + ref + "\"}";
        say(referred);
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(5))
                .until(() -> messages.subList(before, messages.size()).stream().anyMatch(m -> ref(m).equals("r" + ref)));
        return messages.subList(before, messages.size()).stream().filter(m -> ref(m).equals("r" + ref)).findFirst().orElseThrow();
    }

    JsonObject subscribe(String topic) {
        return ask("{\"type\":\"subscribe\",\"topics\":[\"" + topic + "\"]}");
    }

    List<JsonObject> messages() {
        return List.copyOf(messages);
    }

    List<JsonObject> events() {
        return messages.stream().filter(message -> is(message, "event")).toList();
    }

    JsonObject first(Predicate<JsonObject> wanted) {
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(5)).pollDelay(Duration.ZERO)
                .until(() -> messages.stream().anyMatch(wanted));
        return messages.stream().filter(wanted).findFirst().orElseThrow();
    }

    void awaitPong(String payload) {
        await().atMost(DEADLINE).until(() -> pongs.contains(payload));
    }

    int awaitClose() {
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(5)).until(this::closed);
        return closeCode;
    }

    boolean closed() {
        return closeCode != 0;
    }

    String closeReason() {
        return closeReason;
    }

    static boolean is(JsonObject message, String type) {
        return message.getString("type").equals(type);
    }

    private static String ref(JsonObject message) {
        return Optional.ofNullable(message.get("ref")).map(value -> message.getString("ref")).orElse("");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            messages.add(Http.json(partial.toString()));
            partial.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
        pongs.add(StandardCharsets.UTF_8.decode(payload).toString());
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeReason = reason;
        closeCode = code;
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closeReason = error.toString();
        closeCode = 1006;
    }

    @Override
    public void close() {
        socket.abort();
    }
}

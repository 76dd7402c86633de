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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A client of a WebSocket whose messages are JSON, with Java's own one, which is strict. Collects what comes in. Thread-safe. */
final class Socket implements AutoCloseable, WebSocket.Listener {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final List<JsonObject> messages = new CopyOnWriteArrayList<>();
    private final List<String> pongs = new CopyOnWriteArrayList<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final StringBuilder partial = new StringBuilder();
    private volatile int closeCode;
    private volatile String closeReason = "";
    private WebSocket socket;

    private Socket() {
    }

    /** @param headers names and values, one after the other */
    static Socket open(URI base, String path, String... headers) {
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return connected(builder, base, path);
    }

    /** As a browser has to send its token. */
    static Socket with(URI base, String path, Login login) {
        return connected(CLIENT.newWebSocketBuilder().subprotocols("pado", "bearer." + login.token()), base, path);
    }

    private static Socket connected(WebSocket.Builder builder, URI base, String path) {
        Socket opened = new Socket();
        try {
            URI address = URI.create(base.resolve(path).toString().replaceFirst("^http", "ws"));
            opened.socket = builder.buildAsync(address, opened).orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
            return opened;
        } catch (CompletionException refused) {
            throw new AssertionError(refused.getCause().toString(), refused.getCause());
        }
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    void say(String text) {
        socket.sendText(text, true).orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
    }

    void sayBinary() {
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
    }

    void ping(String payload) {
        socket.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8))).join();
    }

    List<JsonObject> messages() {
        return List.copyOf(messages);
    }

    JsonObject first(Predicate<JsonObject> wanted) {
        return firstAfter(0, wanted);
    }

    /** @param count messages that do not count */
    JsonObject firstAfter(int count, Predicate<JsonObject> wanted) {
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(5)).pollDelay(Duration.ZERO)
                .until(() -> messages.stream().skip(count).anyMatch(wanted));
        return messages.stream().skip(count).filter(wanted).findFirst().orElseThrow();
    }

    void awaitPong(String payload) {
        await().atMost(DEADLINE).until(() -> pongs.contains(payload));
    }

    /** Waits for a ping of the server, and is answered by the client's own library. */
    void awaitPing() {
        await().atMost(DEADLINE).until(() -> pings.get() > 0);
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
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
        pings.incrementAndGet();
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

package io.pado.system;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A witness on {@code /live}: it has a place in each topic. While it rests it takes nothing from its socket. */
final class SocketWitness extends Witness {

    private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final long SECONDS = 10;
    private static final String END = "";

    private final List<String> topics;
    private final Map<String, String> positions = new ConcurrentHashMap<>();

    SocketWitness(String name, List<String> topics, Supplier<List<URI>> nodes, Random random, int restlessness) {
        super(name, nodes, random, restlessness);
        this.topics = topics;
    }

    @Override
    boolean begun() {
        return positions.keySet().containsAll(topics);
    }

    @Override
    void listen(URI node) throws IOException {
        Messages messages = new Messages();
        WebSocket socket = connected(node, messages);
        try {
            connected();
            socket.sendText(begun() ? resume() : subscribe(), true).orTimeout(SECONDS, TimeUnit.SECONDS).join();
            read(socket, messages);
        } catch (CompletionException | InterruptedException gone) {
            throw new IOException(gone);
        } finally {
            socket.abort();
        }
    }

    private void read(WebSocket socket, Messages messages) throws IOException, InterruptedException {
        boolean listens = true;
        while (listens && !stopped()) {
            String text = messages.texts.poll(SECONDS, TimeUnit.SECONDS);
            if (text == null || text.equals(END)) {
                return;
            }
            listens = take(Http.json(text));
            socket.request(1);
        }
    }

    private boolean take(JsonObject message) throws IOException {
        switch (message.getString("type")) {
            case "joined" -> message.getJsonArray("topics").getValuesAs(JsonString.class)
                    .forEach(topic -> positions.putIfAbsent(topic.getString(), message.getString("id")));
            case "event" -> {
                String id = message.getString("id");
                return hear(id, positions.put(message.getString("topic"), id), message);
            }
            // The log is away; a client tries again.
            case "error" -> throw new IOException(message.toString());
            default -> {
                return hear("", "", message);
            }
        }
        return true;
    }

    private String subscribe() {
        return topics.stream().map(SocketWitness::quoted).collect(Collectors.joining(",", "{\"type\":\"subscribe\",\"topics\":[", "]}"));
    }

    private String resume() {
        return positions.entrySet().stream().map(each -> quoted(each.getKey()) + ':' + quoted(each.getValue()))
                .collect(Collectors.joining(",", "{\"type\":\"resume\",\"positions\":{", "}}"));
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static WebSocket connected(URI node, Messages messages) throws IOException {
        URI address = URI.create(node.resolve("/live").toString().replaceFirst("^http", "ws"));
        try {
            return CLIENT.newWebSocketBuilder().buildAsync(address, messages).orTimeout(SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException refused) {
            throw new IOException(refused);
        }
    }

    /** What came in; the next frame is taken only when the one before has been dealt with. */
    private static final class Messages implements WebSocket.Listener {

        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                texts.add(partial.toString());
                partial.setLength(0);
            } else {
                socket.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            texts.add(END);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable gone) {
            texts.add(END);
        }
    }
}

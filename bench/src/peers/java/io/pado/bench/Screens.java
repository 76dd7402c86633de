package io.pado.bench;

import io.pado.launch.DemoUsers;
import io.pado.launch.Node;
import io.pado.launch.NodeOptions;
import io.pado.stores.PostgresStore;
import io.pado.stores.Stores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The café's screens: what 20 of them need to know of an order each 5 s, once by asking for the newest 20 orders each second, once by
 * {@code /ws}. Both at the same time, on the same orders, each behind a forwarder that counts their bytes.
 */
final class Screens {
    private static final int SCREENS = 20;
    private static final int ORDER_SECONDS = 5;
    private static final int DEFAULT_MINUTES = 10;
    private static final int DEADLINE_SECONDS = 10;
    private static final double BOUND = 0.05;
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
    private static final Pattern MENU = Pattern.compile("\"id\":(\\d+)");

    private final int port;
    private final int minutes;
    private final String token;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger orders = new AtomicInteger();
    /** A permit for each event that came to a screen. */
    private final Semaphore heard = new Semaphore(0);
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

    private Screens(int port, int minutes) throws IOException, InterruptedException {
        this.port = port;
        this.minutes = minutes;
        this.token = found(TOKEN, send(port, "/api/auth/login/json", "", "{\"email\":\"barista@demo.pado\",\"password\":\""
                + DemoUsers.PASSWORD + "\"}"));
    }

    /** Argument: minutes, 10 without it. Exit code 0: the bound is kept; 1: it is broken. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(measured(arguments.length == 0 ? DEFAULT_MINUTES : Integer.parseInt(arguments[0])) ? 0 : 1);
    }

    private static boolean measured(int minutes) throws IOException, InterruptedException {
        try (Stores stores = Stores.forTests()) {
            Map<String, String> settings = new HashMap<>(stores.settings());
            settings.putAll(Map.of("pado.demo", "true", "pado.cafe.open", "true"));
            try (Node node = Node.prepare("bench", FreePort.find(), NodeOptions.of(settings))) {
                node.start();
                stores.embedded(PostgresStore.class).ifPresent(database -> DemoUsers.fill(database.dataSource()));
                return new Screens(node.port(), minutes).run();
            }
        }
    }

    private boolean run() throws IOException, InterruptedException {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(SCREENS);
        try (Forwarder polled = new Forwarder(port); Forwarder pushed = new Forwarder(port)) {
            List<WebSocket> sockets = listen(pushed.port());
            for (int screen = 0; screen < SCREENS; screen++) {
                HttpClient client = client();
                timer.scheduleAtFixedRate(watched(() -> poll(client, polled.port())), screen * 1_000L / SCREENS, 1_000,
                        TimeUnit.MILLISECONDS);
            }
            String order = order();
            timer.scheduleAtFixedRate(watched(() -> place(order)), 1, ORDER_SECONDS, TimeUnit.SECONDS);
            TimeUnit.MINUTES.sleep(minutes);
            timer.shutdown();
            if (!timer.awaitTermination(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                failures.add(new TimeoutException("a request was not answered"));
            }
            awaitHeard();
            boolean kept = report(polled, pushed);
            sockets.forEach(WebSocket::abort);
            return kept;
        } finally {
            timer.shutdownNow();
        }
    }

    /** Gives the last events their time; who misses one then misses it in the report. */
    private void awaitHeard() throws InterruptedException {
        int all = orders.get() * SCREENS;
        if (heard.tryAcquire(all, DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            heard.release(all);
        }
    }

    private boolean report(Forwarder polled, Forwarder pushed) {
        double ratio = pushed.bytes() / (double) polled.bytes();
        System.out.println(String.format(Locale.ROOT, "%d screens, %d min, %d orders%n| | requests | connections | bytes |%n|---|--:|--:|--:|%n"
                + "| polling each second | %d | %d | %d |%n| WebSocket | %d | %d | %d |%nWebSocket: %.2f %% of the bytes, %.2f %% less (bound: 95 %%);"
                + " %d of %d events were heard", SCREENS, minutes, orders.get(), requests.get(), polled.connections(), polled.bytes(), SCREENS,
                pushed.connections(), pushed.bytes(), ratio * 100, 100 - ratio * 100, heard.availablePermits(),
                orders.get() * SCREENS));
        failures.forEach(failure -> System.out.println("FAILED: " + failure));
        return ratio <= BOUND && failures.isEmpty() && heard.availablePermits() == orders.get() * SCREENS;
    }

    private Runnable watched(Step step) {
        return () -> {
            try {
                step.run();
            } catch (IOException | InterruptedException | RuntimeException failure) {
                failures.add(failure);
            }
        };
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private void poll(HttpClient client, int through) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + through + "/api/orders?limit=20"))
                .header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("GET /api/orders was answered with " + answer.statusCode());
        }
        requests.incrementAndGet();
    }

    private void place(String order) throws IOException, InterruptedException {
        send(port, "/api/orders", token, order);
        orders.incrementAndGet();
    }

    private String order() throws IOException, InterruptedException {
        String menus = client().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/menus")).build(),
                BodyHandlers.ofString()).body();
        return "{\"payType\":\"CARD\",\"items\":[{\"menuId\":" + found(MENU, menus) + ",\"quantity\":2}]}";
    }

    private List<WebSocket> listen(int through) {
        List<WebSocket> sockets = new ArrayList<>();
        for (int screen = 0; screen < SCREENS; screen++) {
            sockets.add(client().newWebSocketBuilder().subprotocols("pado", "bearer." + token)
                    .buildAsync(URI.create("ws://127.0.0.1:" + through + "/ws"), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                            heard.release(data.toString().contains("\"order:created\"") ? 1 : 0);
                            socket.request(1);
                            return null;
                        }
                    }).join());
        }
        return sockets;
    }

    private static String send(int port, String path, String token, String json) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = client().send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("POST " + path + " was answered with " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static String found(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }
}

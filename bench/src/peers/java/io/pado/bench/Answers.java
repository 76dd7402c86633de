package io.pado.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pado.launch.Node;
import io.pado.launch.NodeOptions;
import io.pado.stores.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long it takes from a language model's token until the reader of the answer has it, next to a program that reads the model directly. The model is a
 * server of this program, whose tokens are the times at which it sent them.
 */
final class Answers {
    private static final int TOKENS_A_SECOND = 50;
    private static final int[] RUNS = {1, 200};
    private static final int DEFAULT_SECONDS = 20;
    private static final int DIRECT = 5;
    private static final int WARM_UP = 30 * TOKENS_A_SECOND;
    private static final double MOST_FIRST_MILLIS = 50;
    private static final Pattern TOKEN = Pattern.compile("t(\\d+) ");

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int tokens;
    private final int modelPort;
    private int port;

    /** What one reader had: milliseconds from model to reader. */
    private record Read(double first, double[] all) {
    }

    private Answers(int tokens) throws IOException {
        this.tokens = tokens;
        HttpServer model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        model.setExecutor(threads);
        model.createContext("/v1/chat/completions", this::answer);
        model.start();
        modelPort = model.getAddress().getPort();
    }

    /** Argument: seconds of each answer, 20 without it. Exit code 0: the bound is kept; 1: it is broken. */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length == 0 ? DEFAULT_SECONDS : Integer.parseInt(arguments[0]);
        System.exit(new Answers(seconds * TOKENS_A_SECOND).measured() ? 0 : 1);
    }

    private boolean measured() throws Exception {
        try (Stores stores = Stores.forTests()) {
            Map<String, String> settings = new HashMap<>(stores.settings());
            settings.put("pado.ai.url", "http://127.0.0.1:" + modelPort + "/v1");
            settings.put("pado.ai.model", "bench");
            settings.put("pado.ai.answer.tokens", "100000");
            try (Node node = Node.prepare("bench", FreePort.find(), NodeOptions.of(settings))) {
                node.start();
                port = node.port();
                // For the compilers of both JVMs.
                round(RUNS[RUNS.length - 1], WARM_UP);
                System.out.println(TOKENS_A_SECOND + " tokens a second each, one node; milliseconds from the model's token to the reader\n"
                        + "| answers at once | direct, first | direct p99 | first p50 | first p99 | others p50 | others p99 | lost |\n|--:|--:|--:|--:|--:|--:|--:|--:|");
                boolean kept = true;
                for (int runs : RUNS) {
                    kept &= round(runs, tokens);
                }
                return kept;
            }
        }
    }

    private boolean round(int runs, int wanted) throws Exception {
        List<Future<Read>> through = new ArrayList<>();
        List<Future<Read>> direct = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            String chat = "bench-" + wanted + '-' + runs + '-' + i;
            through.add(threads.submit(reading("http://127.0.0.1:" + port + "/api/ai/ui/chat", "{\"id\":\"" + chat
                    + "\",\"messages\":[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"text\":\"" + wanted + "\"}]}]}")));
        }
        for (int i = 0; i < DIRECT; i++) {
            direct.add(threads.submit(reading("http://127.0.0.1:" + modelPort + "/v1/chat/completions", "{\"content\":\"" + wanted + "\"}")));
        }
        List<Read> own = all(through);
        List<Read> plain = all(direct);
        int lost = runs * wanted - own.stream().mapToInt(read -> read.all().length).sum();
        double[] firsts = own.stream().mapToDouble(Read::first).sorted().toArray();
        double[] others = own.stream().flatMapToDouble(read -> Arrays.stream(read.all())).sorted().toArray();
        double[] straight = plain.stream().flatMapToDouble(read -> Arrays.stream(read.all())).sorted().toArray();
        if (wanted == tokens) {
            System.out.println(String.format(Locale.ROOT, "| %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %d |", runs,
                    part(plain.stream().mapToDouble(Read::first).sorted().toArray(), 0.5), part(straight, 0.99), part(firsts, 0.5), part(firsts, 0.99),
                    part(others, 0.5), part(others, 0.99), lost));
        }
        return lost == 0 && part(firsts, 0.5) <= MOST_FIRST_MILLIS;
    }

    private static List<Read> all(List<Future<Read>> reading) throws Exception {
        List<Read> done = new ArrayList<>();
        for (Future<Read> each : reading) {
            done.add(each.get(3, TimeUnit.MINUTES));
        }
        return done;
    }

    private Callable<Read> reading(String address, String body) {
        return () -> {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address)).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build();
            List<Double> millis = new ArrayList<>();
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(client.send(request, BodyHandlers.ofInputStream()).body(),
                    StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null && !line.equals("data: [DONE]"); line = lines.readLine()) {
                    long now = System.nanoTime();
                    Matcher token = TOKEN.matcher(line);
                    while (token.find()) {
                        millis.add((now - Long.parseLong(token.group(1))) / 1e6);
                    }
                }
            }
            return new Read(millis.isEmpty() ? Double.NaN : millis.get(0), millis.stream().mapToDouble(Double::doubleValue).toArray());
        };
    }

    /** The model: as many tokens as the last number in the question says, evenly. */
    private void answer(HttpExchange exchange) throws IOException {
        String question;
        try (InputStream body = exchange.getRequestBody()) {
            question = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
        Matcher number = Pattern.compile("\"content\"\\s*:\\s*\"(\\d+)\"").matcher(question);
        int wanted = 0;
        while (number.find()) {
            wanted = Integer.parseInt(number.group(1));
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            long begin = System.nanoTime();
            for (int i = 0; i < wanted; i++) {
                long due = begin + TimeUnit.SECONDS.toNanos(1) / TOKENS_A_SECOND * i;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                send(out, "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"t" + System.nanoTime() + " \"}}]}");
            }
            send(out, "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
            send(out, "[DONE]");
        }
    }

    private static void send(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static double part(double[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.min(sorted.length - 1, (int) (part * sorted.length))];
    }
}

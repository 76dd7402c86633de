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
    private static final int MANY = 200;
    /** Answers one after the other, for one alone says little. */
    private static final int ALONE = 20;
    private static final int ALONE_TOKENS = 2 * TOKENS_A_SECOND;
    /** Within which many are asked for, unless at once. */
    private static final long SPREAD_MILLIS = 4_000;
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
                round("", MANY, WARM_UP, 0);
                System.out.println(TOKENS_A_SECOND + " tokens a second each, one node; milliseconds from the model's token to the reader\n"
                        + "| answers at once | direct, first | direct p99 | first p50 | first p99 | others p50 | others p99 | lost |\n|--:|--:|--:|--:|--:|--:|--:|--:|");
                List<Read> own = new ArrayList<>();
                List<Read> plain = new ArrayList<>();
                for (int i = 0; i < ALONE; i++) {
                    own.addAll(all(List.of(asked(i, ALONE_TOKENS))));
                    plain.addAll(all(List.of(direct(ALONE_TOKENS))));
                }
                boolean kept = told("1, " + ALONE + " times", own, plain, ALONE * ALONE_TOKENS);
                kept &= round(MANY + " within " + SPREAD_MILLIS / 1_000 + " s", MANY, tokens, SPREAD_MILLIS);
                return kept & round(MANY + " at one moment", MANY, tokens, 0);
            }
        }
    }

    private boolean round(String name, int runs, int wanted, long withinMillis) throws Exception {
        List<Future<Read>> through = new ArrayList<>();
        List<Future<Read>> direct = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            await(begin + TimeUnit.MILLISECONDS.toNanos(withinMillis) * i / runs);
            through.add(asked(i, wanted));
        }
        for (int i = 0; i < DIRECT; i++) {
            direct.add(direct(wanted));
        }
        List<Read> own = all(through);
        List<Read> plain = all(direct);
        return name.isEmpty() || told(name, own, plain, runs * wanted);
    }

    /** @return whether none is lost and the first text is there in time */
    private static boolean told(String name, List<Read> own, List<Read> plain, int wanted) {
        int lost = wanted - own.stream().mapToInt(read -> read.all().length).sum();
        double[] firsts = own.stream().mapToDouble(Read::first).sorted().toArray();
        double[] others = own.stream().flatMapToDouble(read -> Arrays.stream(read.all())).sorted().toArray();
        double[] straight = plain.stream().flatMapToDouble(read -> Arrays.stream(read.all())).sorted().toArray();
        System.out.println(String.format(Locale.ROOT, "| %s | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %d |", name,
                part(plain.stream().mapToDouble(Read::first).sorted().toArray(), 0.5), part(straight, 0.99), part(firsts, 0.5), part(firsts, 0.99),
                part(others, 0.5), part(others, 0.99), lost));
        return lost == 0 && part(firsts, 0.5) <= MOST_FIRST_MILLIS;
    }

    private Future<Read> asked(int number, int wanted) {
        String chat = "bench-" + System.nanoTime() + '-' + number;
        return threads.submit(reading("http://127.0.0.1:" + port + "/api/ai/ui/chat", "{\"id\":\"" + chat
                + "\",\"messages\":[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"text\":\"" + wanted + "\"}]}]}"));
    }

    private Future<Read> direct(int wanted) {
        return threads.submit(reading("http://127.0.0.1:" + modelPort + "/v1/chat/completions", "{\"content\":\"" + wanted + "\"}"));
    }

    private static void await(long due) {
        while (System.nanoTime() < due) {
            LockSupport.parkNanos(due - System.nanoTime());
        }
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
                await(begin + TimeUnit.SECONDS.toNanos(1) / TOKENS_A_SECOND * i);
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

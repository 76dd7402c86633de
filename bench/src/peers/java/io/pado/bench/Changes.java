package io.pado.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.pado.launch.DemoUsers;
import io.pado.launch.Node;
import io.pado.launch.NodeOptions;
import io.pado.stores.MongoStore;
import io.pado.stores.PostgresStore;
import io.pado.stores.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;

/**
 * How long it takes from another program's insert into MongoDB until the users' streams have it, next to how long the driver's own stream of changes
 * takes to tell it to a program: at the same time, of the same inserts.
 */
final class Changes {
    private static final int STREAMS_OF_A_USER = 20;
    private static final List<String> USERS = List.of("admin", "barista", "kiosk", "partner", "customer", "user1", "user2", "user3", "user4", "user5");
    private static final int[] RATES = {50, 500};
    private static final int DEFAULT_SECONDS = 20;
    private static final int DEADLINE_SECONDS = 30;
    private static final double MOST_MEDIAN_MILLIS = 100;
    private static final double MOST_P99_MILLIS = 250;
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
    private static final Pattern USER = Pattern.compile("\"id\":(\\d+)");
    private static final Pattern TITLE = Pattern.compile("\"title\":\"b(\\d+)-(\\d+)\"");

    private final int port;
    private final MongoCollection<Document> notifications;
    private final List<Long> users = new ArrayList<>();
    private final CountDownLatch listening = new CountDownLatch(USERS.size() * STREAMS_OF_A_USER);
    private final List<Heard> heard = Collections.synchronizedList(new ArrayList<>());
    private final List<Heard> told = Collections.synchronizedList(new ArrayList<>());
    /** A permit for each insert that came to a stream. */
    private final Semaphore arrived = new Semaphore(0);
    private final AtomicInteger broken = new AtomicInteger();

    private record Heard(int round, double millis) {
    }

    private Changes(int port, MongoCollection<Document> notifications) {
        this.port = port;
        this.notifications = notifications;
    }

    /** Argument: seconds of each rate, 20 without it. Exit code 0: the bounds are kept; 1: one is broken. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(measured(arguments.length == 0 ? DEFAULT_SECONDS : Integer.parseInt(arguments[0])) ? 0 : 1);
    }

    private static boolean measured(int seconds) throws IOException, InterruptedException {
        try (Stores stores = Stores.forTests()) {
            Map<String, String> settings = new HashMap<>(stores.settings());
            settings.put("pado.demo", "true");
            try (Node node = Node.prepare("bench", FreePort.find(), NodeOptions.of(settings));
                    MongoClient client = MongoClients.create(stores.embedded(MongoStore.class).orElseThrow().url())) {
                node.start();
                stores.embedded(PostgresStore.class).ifPresent(database -> DemoUsers.fill(database.dataSource()));
                return new Changes(node.port(), client.getDatabase("pado").getCollection("notifications")).run(seconds);
            }
        }
    }

    private boolean run(int seconds) throws IOException, InterruptedException {
        for (String user : USERS) {
            listen(user);
        }
        watch();
        if (!listening.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("not all streams are open after " + DEADLINE_SECONDS + " s");
        }
        if (!arrived.tryAcquire(insert(0, 100, 5) * STREAMS_OF_A_USER, DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("what was inserted did not arrive after " + DEADLINE_SECONDS + " s");
        }
        boolean kept = true;
        System.out.println(USERS.size() * STREAMS_OF_A_USER + " streams of " + USERS.size() + " users, one node\n"
                + "| inserts/s | driver p50 ms | driver p99 ms | streams p50 ms | streams p99 ms | times the driver's p50 | lost |\n|--:|--:|--:|--:|--:|--:|--:|");
        for (int rate : RATES) {
            kept &= round(rate, seconds);
        }
        return kept;
    }

    private boolean round(int rate, int seconds) throws InterruptedException {
        int inserts = insert(rate, rate, seconds);
        arrived.tryAcquire(inserts * STREAMS_OF_A_USER, DEADLINE_SECONDS, TimeUnit.SECONDS);
        int missing = inserts * STREAMS_OF_A_USER - count(heard, rate);
        double[] driver = sorted(told, rate);
        double[] streams = sorted(heard, rate);
        System.out.println(String.format(Locale.ROOT, "| %d | %.1f | %.1f | %.1f | %.1f | %.2f | %d |", rate, part(driver, 0.5), part(driver, 0.99),
                part(streams, 0.5), part(streams, 0.99), part(streams, 0.5) / part(driver, 0.5), missing));
        return missing == 0 && broken.get() == 0 && part(streams, 0.5) <= MOST_MEDIAN_MILLIS && part(streams, 0.99) <= MOST_P99_MILLIS;
    }

    /** @return how many were inserted, evenly over the time */
    private int insert(int round, int rate, int seconds) {
        long begin = System.nanoTime();
        int all = rate * seconds;
        for (int i = 0; i < all; i++) {
            long due = begin + TimeUnit.SECONDS.toNanos(1) / rate * i;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            notifications.insertOne(new Document("userId", users.get(i % users.size())).append("title", "b" + round + "-" + System.nanoTime())
                    .append("message", "bench"));
        }
        return all;
    }

    private void watch() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        start(() -> {
            try (var changes = notifications.watch().cursor()) {
                open.countDown();
                while (changes.hasNext()) {
                    note(told, changes.next().getFullDocument().toJson().replace(": ", ":"));
                }
            }
        });
        open.await();
    }

    private void listen(String user) throws IOException, InterruptedException {
        String login = HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri("/api/auth/login/json")).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"email\":\"" + user + "@demo.pado\",\"password\":\"" + DemoUsers.PASSWORD + "\"}")).build(),
                BodyHandlers.ofString()).body();
        String token = found(TOKEN, login);
        users.add(Long.valueOf(found(USER, login)));
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int i = 0; i < STREAMS_OF_A_USER; i++) {
            InputStream stream = client.send(HttpRequest.newBuilder(uri("/api/realtime/stream")).header("Authorization", "Bearer " + token).build(),
                    BodyHandlers.ofInputStream()).body();
            start(() -> read(stream));
        }
    }

    private void read(InputStream stream) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("event: connected")) {
                    listening.countDown();
                } else if (line.startsWith("data: ")) {
                    arrived.release(note(heard, line) ? 1 : 0);
                }
            }
        } catch (IOException ended) {
            broken.incrementAndGet();
        }
    }

    /** @return whether it is one of the inserts */
    private static boolean note(List<Heard> where, String text) {
        long now = System.nanoTime();
        Matcher title = TITLE.matcher(text);
        boolean ours = title.find();
        if (ours) {
            where.add(new Heard(Integer.parseInt(title.group(1)), (now - Long.parseLong(title.group(2))) / 1e6));
        }
        return ours;
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static int count(List<Heard> all, int round) {
        synchronized (all) {
            return (int) all.stream().filter(each -> each.round() == round).count();
        }
    }

    private static double[] sorted(List<Heard> all, int round) {
        synchronized (all) {
            double[] millis = all.stream().filter(each -> each.round() == round).mapToDouble(Heard::millis).toArray();
            Arrays.sort(millis);
            return millis;
        }
    }

    private static double part(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
    }

    private static String found(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }
}

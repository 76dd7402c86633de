package io.pado.bench;

import io.pado.launch.DemoUsers;
import io.pado.launch.Node;
import io.pado.launch.NodeOptions;
import io.pado.stores.PostgresStore;
import io.pado.stores.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many readers, each with three topics that nobody else listens to: how fast they come, and how long events take that are spread over them at
 * random. Beside it nginx with nchan, where each reader has one channel, and how fast readers of the stock broadcaster come.
 */
final class Private {
    private static final int READERS = 10_000;
    /** Fewer: the stock broadcaster does not open all of 10,000 on two cores. */
    private static final int STOCK_READERS = 1_000;
    private static final int TOPICS_OF_A_READER = 3;
    private static final int DEFAULT_RATE = 5_000;
    private static final int DEFAULT_SECONDS = 15;
    private static final int WARM_UP_SECONDS = 10;
    private static final int OPENING_ROUNDS = 6;
    private static final int PUBLISHERS = 100;
    private static final int PAYLOAD_BYTES = 100;
    private static final int LATE_SECONDS = 10;
    private static final double LEAST_OPENS = 2_000;
    private static final double MOST_P99_MILLIS = 50;
    private static final Opening.Pace PACE = Opening.Pace.asFastAsItGoes(64);

    private final Path home;
    private final int seconds;
    private final int rate;

    /** One server: where a reader listens, and how an event gets to one of its topics. */
    private interface Target {

        Endpoint endpoint();

        long pid();

        /** @param lane which of the {@link #PUBLISHERS} connections; all events of a reader come by the same, so they keep their order */
        TopicPublisher publisher(int lane) throws IOException, InterruptedException;
    }

    /** What was measured of one server; {@code p99} and what follows are NaN and 0 if nothing was published. */
    private record Figures(double opensPerSecond, double median, double p99, double perSecond, long lost, long faults, double cpuMicros) {
    }

    private Private(Path home, int seconds, int rate) {
        this.home = home;
        this.seconds = seconds;
        this.rate = rate;
    }

    /** Arguments: the bench's directory, seconds of publishing (15 without it), events a second (5,000 without it). Exit code 0: the bounds are kept; 1: one is broken. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seconds = arguments.length < 2 ? DEFAULT_SECONDS : Integer.parseInt(arguments[1]);
        int rate = arguments.length < 3 ? DEFAULT_RATE : Integer.parseInt(arguments[2]);
        System.exit(new Private(Path.of(arguments[0]), seconds, rate).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        System.out.println(READERS + " readers; events/s: " + rate + "\n"
                + "| server | opens/s | p50 ms | p99 ms | events/s | lost | doubled or out of order | CPU µs per event |\n|---|--:|--:|--:|--:|--:|--:|--:|");
        Figures pado = pado();
        tell("Pado, three topics each", pado);
        if (NchanPeer.missing().isEmpty()) {
            try (NchanPeer nchan = new NchanPeer(home)) {
                nchan.start();
                tell("nchan, a channel each", measured(new Nchan(nchan.events().port(), nchan.pid())));
            }
        }
        double stock = stock();
        return pado.opensPerSecond() >= Math.min(LEAST_OPENS, stock) && pado.p99() <= MOST_P99_MILLIS && pado.lost() == 0 && pado.faults() == 0;
    }

    private double stock() throws IOException, InterruptedException {
        try (StockPeer stock = new StockPeer(Path.of("target/liberty/wlp").toAbsolutePath(), home)) {
            stock.start();
            double opens = 0;
            for (int round = 0; round < OPENING_ROUNDS; round++) {
                try (Crowd crowd = new Crowd(stock.events())) {
                    opens = opensPerSecond(crowd, STOCK_READERS);
                }
            }
            tell("stock broadcaster, " + STOCK_READERS + " readers of one for all", new Figures(opens, Double.NaN, Double.NaN, 0, 0, 0, Double.NaN));
            return opens;
        }
    }

    private Figures pado() throws IOException, InterruptedException {
        try (Stores stores = Stores.forTests()) {
            Map<String, String> settings = new HashMap<>(stores.settings());
            settings.putAll(PadoPeer.NO_LIMITS);
            settings.put("pado.demo", "true");
            try (Node node = Node.prepare("bench", FreePort.find(), NodeOptions.of(settings))) {
                node.start();
                stores.embedded(PostgresStore.class).ifPresent(database -> DemoUsers.fill(database.dataSource()));
                return measured(new Pado(node.port(), node.pid(), LivePublisher.token(node.port())));
            }
        }
    }

    private Figures measured(Target target) throws IOException, InterruptedException {
        double opens = 0;
        for (int round = 1; round < OPENING_ROUNDS; round++) {
            try (Crowd crowd = new Crowd(target.endpoint())) {
                opensPerSecond(crowd, READERS);
            }
        }
        try (Crowd crowd = new Crowd(target.endpoint())) {
            opens = opensPerSecond(crowd, READERS);
            TopicPublisher[] lanes = new TopicPublisher[PUBLISHERS];
            for (int lane = 0; lane < PUBLISHERS; lane++) {
                lanes[lane] = target.publisher(lane);
            }
            long next = publish(lanes, 0, WARM_UP_SECONDS);
            awaitAll(crowd, next);
            crowd.begin(next);
            ProcessProbe server = new ProcessProbe(target.pid());
            Usage before = Usage.now(server);
            long begin = System.nanoTime();
            long end = publish(lanes, next, seconds);
            double took = (System.nanoTime() - begin) / 1e9;
            awaitAll(crowd, end - next);
            Usage used = Usage.now(server).since(before);
            Tally tally = crowd.end(end).tally();
            for (TopicPublisher lane : lanes) {
                lane.close();
            }
            return new Figures(opens, tally.latency().millis(0.5), tally.latency().millis(0.99), (end - next) / took, end - next - tally.delivered(),
                    tally.duplicates() + tally.outOfOrder(), used.server() / 1e3 / (end - next));
        }
    }

    private static double opensPerSecond(Crowd crowd, int readers) throws IOException, InterruptedException {
        Opening.Outcome outcome = crowd.open(readers, PACE);
        double opens = outcome.opened() / outcome.seconds();
        System.err.println(String.format(Locale.ROOT, "%.0f opens/s, p99 of one %.1f ms", opens, outcome.p99Millis()));
        return opens;
    }

    /** Waits until so many have arrived, but no longer than {@link #LATE_SECONDS}. */
    private static void awaitAll(Crowd crowd, long wanted) throws IOException, InterruptedException {
        Until.holds(LATE_SECONDS, () -> crowd.delivered() >= wanted);
    }

    /** @return the number after the last one */
    private long publish(TopicPublisher[] lanes, long first, int seconds) throws IOException {
        Random random = new Random(first + 1);
        Payload payload = new Payload(PAYLOAD_BYTES);
        long begin = System.nanoTime();
        long count = (long) rate * seconds;
        for (long i = 0; i < count; i++) {
            long due = begin + i * TimeUnit.SECONDS.toNanos(1) / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            int reader = random.nextInt(READERS);
            // Stamped with the time at which it was due: a publisher that is held up counts as late.
            lanes[reader % lanes.length].publish(reader, random.nextInt(TOPICS_OF_A_READER), payload.event(first + i, due));
        }
        return first + count;
    }

    private static void tell(String name, Figures figures) {
        System.out.println(String.format(Locale.ROOT, "| %s | %.0f | %.1f | %.1f | %.0f | %d | %d | %.0f |", name, figures.opensPerSecond(), figures.median(),
                figures.p99(), figures.perSecond(), figures.lost(), figures.faults(), figures.cpuMicros()));
    }

    private record Pado(int port, long pid, String token) implements Target {

        @Override
        public Endpoint endpoint() {
            return Endpoint.events(port, reader -> "/api/stream?topic=" + topic(reader, 0) + "&topic=" + topic(reader, 1) + "&topic=" + topic(reader, 2),
                    "\"joined\"");
        }

        @Override
        public TopicPublisher publisher(int lane) {
            return LivePublisher.open(port, token, Private.Pado::topic);
        }

        private static String topic(int reader, int number) {
            return "public:bench:" + reader + ':' + number;
        }
    }

    private record Nchan(int port, long pid) implements Target {

        @Override
        public Endpoint endpoint() {
            return Endpoint.events(port, reader -> "/private?id=" + reader, "");
        }

        @Override
        public TopicPublisher publisher(int lane) throws IOException {
            return new PipelinedPosts(port, reader -> "/publish/private?id=" + reader);
        }
    }
}

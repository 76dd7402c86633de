package io.pado.bench;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The load generator alone, against a server that runs already: one phase of readers and events, one JSON line. For
 * trying things out, and for comparing the generator with others.
 */
final class Load {
    private static final String USAGE = """
            Load --pid PID --port P --path PATH (--post PATH | --redis-port P --channel NAME)
                 [--readers 1000] [--rate 10] [--duration 15] [--warmup 0] [--bytes 100]
                 [--under-way 64] [--per-second 2000] [--greeting TEXT] [--transport sse|ws] [--hello TEXT]
              %d in --path becomes the reader's number; --hello: what a WebSocket's reader says first; --greeting: a
              reader is open when this has come (without: with the head); --rate 0 only opens the readers and measures
              memory (Java)""";

    private final Map<String, String> options;

    private Load(Map<String, String> options) {
        this.options = options;
    }

    /** Exit code 1: events were lost, doubled or out of order; 2: it could not run. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        if (!options.keySet().containsAll(Set.of("--pid", "--port", "--path"))) {
            System.err.println(USAGE);
            System.exit(2);
        }
        System.exit(new Load(options).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        long pid = number("--pid", 0);
        int readers = (int) number("--readers", 1000);
        Opening.Pace pace = new Opening.Pace((int) number("--per-second", 2000), (int) number("--under-way", 64));
        try (Crowd crowd = new Crowd(endpoint())) {
            if (number("--rate", 10) == 0) {
                Idle idle = new Idle(new ProcessProbe(pid), Optional.of(new Jvm(pid)), crowd);
                System.out.println(idle.run(readers, pace).json());
                return true;
            }
            Opening.Outcome opened = crowd.open(readers, pace);
            if (opened.failed() > 0) {
                System.err.println(opened);
            }
            TimeUnit.SECONDS.sleep(1);
            return fan(pid, crowd);
        }
    }

    private boolean fan(long pid, Crowd crowd) throws IOException, InterruptedException {
        try (Publisher publisher = publisher()) {
            Publishing publishing = new Publishing(publisher, new Payload((int) number("--bytes", 100)));
            Fan fan = new Fan(new ProcessProbe(pid), crowd, publishing);
            fan.run(100, number("--warmup", 0));
            Measures measures = fan.run((int) number("--rate", 10), number("--duration", 15));
            System.out.println(measures.json());
            return measures.get("lost") + measures.get("duplicates") + measures.get("outOfOrder") == 0;
        }
    }

    private Endpoint endpoint() {
        String path = options.get("--path");
        boolean socket = options.getOrDefault("--transport", "sse").equals("ws");
        return new Endpoint((int) number("--port", 0), socket ? new WebSocket() : new EventStream(),
                reader -> path.replace("%d", Integer.toString(reader)), options.getOrDefault("--hello", ""),
                options.getOrDefault("--greeting", ""), "");
    }

    private Publisher publisher() throws IOException {
        if (options.containsKey("--redis-port")) {
            return new RedisPublisher("127.0.0.1", (int) number("--redis-port", 0), options.get("--channel"));
        }
        return new HttpPublisher((int) number("--port", 0), options.get("--post"));
    }

    private long number(String name, long otherwise) {
        return Long.parseLong(options.getOrDefault(name, Long.toString(otherwise)));
    }
}

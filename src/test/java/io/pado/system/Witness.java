package io.pado.system;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A reader of some topics that must get every event once, in order, whatever happens to it: it leaves and comes back to where it was,
 * to any node, and stops reading for a while now and then. What it got wrong is in {@link #faults}.
 */
abstract class Witness implements Runnable {

    private static final long BACK_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String name;
    private final Supplier<List<URI>> nodes;
    private final Random random;
    private final int restlessness;
    private final Map<String, Integer> next = new ConcurrentHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean stopped;

    /**
     * @param nodes        those that can be asked now
     * @param random       decides when to leave and when to rest
     * @param restlessness leaves after one of so many events, and rests after one of so many; 0 for never
     */
    Witness(String name, Supplier<List<URI>> nodes, Random random, int restlessness) {
        this.name = name;
        this.nodes = nodes;
        this.random = random;
        this.restlessness = restlessness;
    }

    @Override
    public void run() {
        while (!stopped) {
            List<URI> now = nodes.get();
            URI node = now.get(random.nextInt(now.size()));
            try {
                listen(node);
            } catch (IOException gone) {
                LockSupport.parkNanos(BACK_AFTER_NANOS);
            }
        }
    }

    /** Connects, and gives what it hears to {@link #hear}, until that has enough or the connection ends. */
    abstract void listen(URI node) throws IOException;

    /** @return whether it knows by now where it is, in all topics */
    abstract boolean begun();

    void stop() {
        stopped = true;
    }

    boolean stopped() {
        return stopped;
    }

    /** @return how many events of the topic it got */
    int got(String topic) {
        return next.getOrDefault(topic, 0);
    }

    int connections() {
        return connections.get();
    }

    void connected() {
        connections.incrementAndGet();
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public String toString() {
        return name + " with " + next;
    }

    /**
     * Checks one message, and rests after it, if that comes into its mind.
     *
     * @param after id of the last event before it that must have a smaller one; empty for none
     * @return whether it goes on listening
     */
    boolean hear(String id, String after, JsonObject event) {
        check(id, after, event);
        if (restlessness > 0 && random.nextInt(restlessness) == 0) {
            return false;
        }
        if (restlessness > 0 && random.nextInt(restlessness) == 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_500)));
        }
        return !stopped;
    }

    private synchronized void check(String id, String after, JsonObject event) {
        String type = event.getString("type");
        if (type.equals("event")) {
            String topic = event.getString("topic");
            int number = event.getJsonObject("data").getInt("n");
            int expected = next.merge(topic, 1, Integer::sum) - 1;
            if (number != expected) {
                faults.add(name + " got " + number + " of " + topic + " where " + expected + " was next, after " + after);
                next.put(topic, number + 1);
            }
            if (!after.isEmpty() && sequence(id) <= sequence(after)) {
                faults.add(name + " got " + id + " after " + after);
            }
        } else if (type.equals("reset")) {
            faults.add(name + " was told " + event + " after " + after);
        }
    }

    private static long sequence(String id) {
        return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
    }
}

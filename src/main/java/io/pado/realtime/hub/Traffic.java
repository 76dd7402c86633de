package io.pado.realtime.hub;

import io.pado.realtime.Envelope;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Counts what this node has handed out since its start. Thread-safe; counting never blocks. */
public final class Traffic {

    /** Upper ends of the classes of delays, milliseconds; one more class holds what is longer. */
    public static final List<Integer> CLASSES = List.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000);

    private final LongAdder events = new LongAdder();
    private final LongAdder deliveries = new LongAdder();
    private final AtomicLongArray delays = new AtomicLongArray(CLASSES.size() + 1);

    /**
     * What was counted.
     *
     * @param events     that came to this node for readers or taps
     * @param deliveries events times the readers into whose queues they were put
     * @param delays     of the events, from when the log took them in until they were in all queues: how many in each of {@link #CLASSES}, and how many
     *                   took longer. By the clocks of the log and of this node
     */
    public record Counts(long events, long deliveries, List<Long> delays) {
    }

    void handedOut(Envelope event, int readers) {
        events.increment();
        deliveries.add(readers);
        long millis = System.currentTimeMillis() - event.time().toEpochMilli();
        int at = 0;
        while (at < CLASSES.size() && millis > CLASSES.get(at)) {
            at++;
        }
        delays.incrementAndGet(at);
    }

    /** @return the counts by now */
    public Counts counts() {
        return new Counts(events.sum(), deliveries.sum(), IntStream.range(0, delays.length()).mapToObj(delays::get).toList());
    }
}

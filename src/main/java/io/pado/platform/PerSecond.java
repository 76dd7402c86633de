package io.pado.platform;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** Counts what somebody does within each second, and forgets all with the next one. Thread-safe; what is counted is this node's. */
public final class PerSecond {

    private record Second(long number, ConcurrentMap<String, Integer> counts) {
    }

    private volatile Second current = new Second(Long.MIN_VALUE, new ConcurrentHashMap<>());

    /**
     * Counts one more.
     *
     * @param most how many may be within a second; 0 for any number
     * @return whether this one is within the limit
     */
    public boolean within(String who, int most) {
        return most == 0 || second().counts().merge(who, 1, Integer::sum) <= most;
    }

    private Second second() {
        long number = System.nanoTime() / TimeUnit.SECONDS.toNanos(1);
        Second seen = current;
        if (seen.number() == number) {
            return seen;
        }
        synchronized (this) {
            if (current.number() != number) {
                current = new Second(number, new ConcurrentHashMap<>());
            }
            return current;
        }
    }
}

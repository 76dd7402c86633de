package io.pado.identity.account;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts attempts on this node alone, by the rules of {@code attempt.lua}; the oldest are forgotten when there are too many. Thread-safe. */
final class LocalAttempts {

    private static final int MOST = 20_000;
    private static final int MAX_DOUBLINGS = 20;

    private final long forgottenNanos;
    private final long mostWaitSeconds;
    private final Map<String, Tries> all = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > MOST;
        }
    };

    /** @param till and lastAt are moments of {@link System#nanoTime()} */
    private record Tries(int count, long till, long lastAt) {
    }

    LocalAttempts(long forgottenSeconds, long mostWaitSeconds) {
        this.forgottenNanos = TimeUnit.SECONDS.toNanos(forgottenSeconds);
        this.mostWaitSeconds = mostWaitSeconds;
    }

    /**
     * Counts an attempt for each key, unless one of them has to wait.
     *
     * @param free how many attempts of each key are free
     * @return the milliseconds to wait; 0 if this attempt may go on
     */
    synchronized long count(List<String> keys, int... free) {
        long now = System.nanoTime();
        long wait = 0;
        for (String key : keys) {
            wait = Math.max(wait, of(key, now).till() - now);
        }
        if (wait > 0) {
            return Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait));
        }
        for (int i = 0; i < free.length; i++) {
            int count = of(keys.get(i), now).count() + 1;
            int over = count - free[i];
            long seconds = over < 0 ? 0 : Math.min(1L << Math.min(over, MAX_DOUBLINGS), mostWaitSeconds);
            all.put(keys.get(i), new Tries(count, now + TimeUnit.SECONDS.toNanos(seconds), now));
        }
        return 0;
    }

    synchronized void takeBack(List<String> keys) {
        keys.forEach(key -> all.computeIfPresent(key, (same, tries) -> new Tries(Math.max(0, tries.count() - 1), tries.till(), tries.lastAt())));
    }

    synchronized void forget(String key) {
        all.remove(key);
    }

    private Tries of(String key, long now) {
        Tries tries = all.get(key);
        return tries == null || now - tries.lastAt() > forgottenNanos ? new Tries(0, now, now) : tries;
    }
}

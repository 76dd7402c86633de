package io.pado.identity.token;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Ids of keys that were asked for and do not exist: a token that names one is not looked up again and again. Not thread-safe. */
final class UnknownKeys {

    private static final int MAX = 1_000;
    private static final long NANOS = Duration.ofSeconds(1).toNanos();
    /** What our own keys are called; nobody needs to look for another. */
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Map<String, Long> missedNanos = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX;
        }
    };

    /** @return whether it may be a key of ours, as far as its form tells */
    static boolean mayExist(String id) {
        return OURS.matcher(id).matches();
    }

    /** @return whether the id was missed less than a second before */
    boolean contains(String id, long nowNanos) {
        Long missed = missedNanos.get(id);
        return missed != null && nowNanos - missed < NANOS;
    }

    void add(String id, long nowNanos) {
        missedNanos.remove(id);
        missedNanos.put(id, nowNanos);
    }
}

package io.pado.identity.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens that were verified a moment ago, so that the next request with the same one needs no signature check. One counts until it
 * expires, for {@value #SECONDS} s at most, and only while the keys are those that it was verified with. Holds {@value #MOST} at most.
 * Thread-safe.
 */
final class CheckedTokens {

    static final int MOST = 20_000;
    static final int SECONDS = 10;
    /** Longer ones are verified each time: what all of them hold together stays bounded. */
    static final int MAX_CHARACTERS = 4_096;

    private static final Duration COUNTS = Duration.ofSeconds(SECONDS);

    private record Checked(VerifiedToken token, Object keys, Instant until) {
    }

    /** One of two. When the younger one is full, or none of the older one count any more, it takes the place of the older one, which is forgotten. */
    private record Generation(Map<String, Checked> tokens, Instant begun) {

        Generation(Instant begun) {
            this(new ConcurrentHashMap<>(), begun);
        }

        boolean isOver(Instant now) {
            return tokens.size() >= MOST / 2 || begun.plus(COUNTS).isBefore(now);
        }
    }

    private volatile Generation younger = new Generation(Instant.MIN);
    private volatile Generation older = younger;

    /**
     * @param text the token, as sent
     * @param keys the keys that count now, compared by identity
     * @return it, if it was verified with them and has not expired since
     */
    Optional<VerifiedToken> find(String text, Object keys, Instant now) {
        Checked known = younger.tokens().get(text);
        if (known == null) {
            known = older.tokens().get(text);
        }
        return known != null && known.keys() == keys && now.isBefore(known.until()) ? Optional.of(known.token()) : Optional.empty();
    }

    /** @param keys those that counted before it was verified */
    void add(String text, VerifiedToken token, Object keys, Instant now) {
        if (text.length() > MAX_CHARACTERS) {
            return;
        }
        Instant forgotten = now.plus(COUNTS);
        current(now).tokens().put(text, new Checked(token, keys, token.countsUntil().isBefore(forgotten) ? token.countsUntil() : forgotten));
    }

    /** @return how many it holds, whether they count or not */
    int held() {
        return younger.tokens().size() + older.tokens().size();
    }

    private Generation current(Instant now) {
        Generation current = younger;
        return current.isOver(now) ? next(current, now) : current;
    }

    private synchronized Generation next(Generation over, Instant now) {
        if (younger == over) {
            older = over;
            younger = new Generation(now);
        }
        return younger;
    }
}

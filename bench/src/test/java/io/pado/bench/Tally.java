package io.pado.bench;

/**
 * What arrived in one phase, over all readers. A phase counts the numbers from its first one on; whatever is older
 * (replayed history, stragglers of the phase before) is only counted as stale. Belongs to the loop's thread.
 */
final class Tally {
    private final long firstSeq;
    private final long bornNanos;
    private final Histogram latency = new Histogram();
    private long delivered;
    private long duplicates;
    private long outOfOrder;
    private long stale;
    private long unmarked;
    private long firstNanos;
    private long lastNanos;

    /** Counts events numbered {@code firstSeq} and more that were published after {@code bornNanos}. */
    Tally(long firstSeq, long bornNanos) {
        this.firstSeq = firstSeq;
        this.bornNanos = bornNanos;
    }

    /** One event of one reader: its number, when it was published and when it was read ({@code System.nanoTime}). */
    void event(Seen seen, long seq, long publishedNanos, long readNanos) {
        if (seq == Marks.NONE || publishedNanos == Marks.NONE) {
            unmarked++;
        } else if (publishedNanos < bornNanos) {
            stale++;
        } else {
            count(seen.note(seq), seq, publishedNanos, readNanos);
        }
    }

    private void count(Seen.Arrival arrival, long seq, long publishedNanos, long readNanos) {
        if (arrival == Seen.Arrival.DUPLICATE) {
            duplicates++;
            return;
        }
        if (arrival == Seen.Arrival.OUT_OF_ORDER) {
            outOfOrder++;
        }
        if (seq >= firstSeq) {
            delivered++;
            latency.record(readNanos - publishedNanos);
            firstNanos = firstNanos == 0 ? readNanos : firstNanos;
            lastNanos = readNanos;
        } else {
            stale++;
        }
    }

    long firstSeq() {
        return firstSeq;
    }

    /** Events that arrived for the first time, so neither duplicates nor stale ones. */
    long delivered() {
        return delivered;
    }

    long duplicates() {
        return duplicates;
    }

    long outOfOrder() {
        return outOfOrder;
    }

    long stale() {
        return stale;
    }

    /** Events without a number or a time stamp: greetings and the like. */
    long unmarked() {
        return unmarked;
    }

    /** Seconds from the read that brought the first counted event to the one that brought the last. */
    double seconds() {
        return (lastNanos - firstNanos) / 1e9;
    }

    Histogram latency() {
        return latency;
    }
}

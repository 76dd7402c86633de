package io.pado.bench;

import java.util.Arrays;

/**
 * Which numbers one reader has got: exact, a bit per number. Numbers start at 0 and need not start together with the
 * reader. One thread.
 */
final class Seen {
    private static final long[] NOTHING = new long[0];

    /** What a number means that has just come. */
    enum Arrival { IN_ORDER, OUT_OF_ORDER, DUPLICATE }

    private long[] bits = NOTHING;
    private long highest = -1;

    /** Notes a number and says what it is; one that came before is a duplicate wherever it stands. */
    Arrival note(long seq) {
        int word = Math.toIntExact(seq >> 6);
        if (word >= bits.length) {
            bits = Arrays.copyOf(bits, Math.max(word + 1, bits.length * 2));
        }
        long bit = 1L << (seq & 63);
        if ((bits[word] & bit) != 0) {
            return Arrival.DUPLICATE;
        }
        bits[word] |= bit;
        if (seq < highest) {
            return Arrival.OUT_OF_ORDER;
        }
        highest = seq;
        return Arrival.IN_ORDER;
    }

    /** How many of the numbers {@code first} (inclusive) to {@code end} (exclusive) never came. */
    long missing(long first, long end) {
        long missing = 0;
        for (long seq = first; seq < end; seq++) {
            int word = (int) (seq >> 6);
            if (word >= bits.length || (bits[word] & 1L << (seq & 63)) == 0) {
                missing++;
            }
        }
        return missing;
    }
}

package io.pado.bench;

/** Times by size: in as nanoseconds, out as milliseconds, never more than 0.8 % above the truth. One thread. */
final class Histogram {
    private static final int PRECISION_BITS = 7;
    private static final int STEPS = 1 << PRECISION_BITS;

    private final long[] counts = new long[64 * STEPS];
    private long count;
    private long max;

    /** Notes one time; a negative one (clocks never go back on one machine) counts as 0. */
    void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        count++;
        max = Math.max(max, value);
    }

    long count() {
        return count;
    }

    double maxMillis() {
        return max / 1e6;
    }

    /** The time (ms) that the given share (0 to 1) of all noted times does not exceed; 0 without any. */
    double millis(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * count));
        long passed = 0;
        for (int bucket = 0; count > 0 && bucket < counts.length; bucket++) {
            passed += counts[bucket];
            if (passed >= wanted) {
                return Math.min(upperEdge(bucket), max) / 1e6;
            }
        }
        return 0;
    }

    private static int bucket(long value) {
        int shift = Math.max(0, Long.SIZE - PRECISION_BITS - 1 - Long.numberOfLeadingZeros(value));
        return (shift << PRECISION_BITS) + (int) (value >> shift);
    }

    private static long upperEdge(int bucket) {
        if (bucket < 2 * STEPS) {
            return bucket;
        }
        int shift = (bucket >> PRECISION_BITS) - 1;
        long top = bucket - ((long) shift << PRECISION_BITS);
        return ((top + 1) << shift) - 1;
    }
}

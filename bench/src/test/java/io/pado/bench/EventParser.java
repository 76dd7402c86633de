package io.pado.bench;

import java.util.Arrays;

/**
 * Reads an event stream. In: the body's bytes, cut anywhere. Out: one call per dispatched event with the number and
 * the time stamp found in its data lines. Lines end with LF, CR or CR LF; comments, ids, names and retry times are
 * passed over; an event without data is not dispatched. One per connection; one thread.
 */
final class EventParser implements Bytes {
    /** Hears of each complete event; {@code seq} and {@code nanos} are {@link Marks#NONE} where the data has none. */
    @FunctionalInterface
    interface Listener {
        void event(long seq, long nanos);
    }

    private static final byte[] SEQ = Marks.key("seq");
    private static final byte[] TIME = Marks.key("ts");
    private static final byte[] NOTHING = new byte[0];

    private final Listener listener;
    private byte[] carried = NOTHING;
    private int carriedLength;
    private boolean afterCr;
    private boolean hasData;
    private long seq = Marks.NONE;
    private long nanos = Marks.NONE;

    EventParser(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void accept(byte[] bytes, int from, int to) {
        int start = from;
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b == '\n' && afterCr) {
                afterCr = false;
                start = at + 1;
            } else if (b == '\n' || b == '\r') {
                endLine(bytes, start, at);
                afterCr = b == '\r';
                start = at + 1;
            } else {
                afterCr = false;
            }
        }
        carry(bytes, start, to);
    }

    private void endLine(byte[] bytes, int from, int to) {
        if (carriedLength == 0) {
            line(bytes, from, to);
        } else {
            carry(bytes, from, to);
            int length = carriedLength;
            carriedLength = 0;
            line(carried, 0, length);
        }
    }

    private void carry(byte[] bytes, int from, int to) {
        int more = to - from;
        if (more == 0) {
            return;
        }
        if (carried.length < carriedLength + more) {
            carried = Arrays.copyOf(carried, Math.max(256, 2 * (carriedLength + more)));
        }
        System.arraycopy(bytes, from, carried, carriedLength, more);
        carriedLength += more;
    }

    private void line(byte[] bytes, int from, int to) {
        if (from == to) {
            dispatch();
        } else if (isData(bytes, from, to)) {
            hasData = true;
            if (seq == Marks.NONE) {
                seq = Marks.find(bytes, from, to, SEQ);
            }
            if (nanos == Marks.NONE) {
                nanos = Marks.find(bytes, from, to, TIME);
            }
        }
    }

    private static boolean isData(byte[] bytes, int from, int to) {
        return to - from >= 4 && bytes[from] == 'd' && bytes[from + 1] == 'a' && bytes[from + 2] == 't'
                && bytes[from + 3] == 'a' && (to - from == 4 || bytes[from + 4] == ':');
    }

    private void dispatch() {
        if (hasData) {
            listener.event(seq, nanos);
        }
        hasData = false;
        seq = Marks.NONE;
        nanos = Marks.NONE;
    }
}

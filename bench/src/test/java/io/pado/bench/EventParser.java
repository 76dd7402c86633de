package io.pado.bench;

/**
 * Reads an event stream. In: the body's bytes, cut anywhere. Out: one message per dispatched event, a piece for each
 * of its data lines. Lines end with LF, CR or CR LF; comments, ids, names and retry times are passed over; an event
 * without data is not dispatched. One per connection; one thread.
 */
final class EventParser implements Bytes {
    private final Messages out;
    private final Carry carried = new Carry();
    private boolean afterCr;
    private boolean hasData;

    EventParser(Messages out) {
        this.out = out;
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
        carried.add(bytes, start, to);
    }

    private void endLine(byte[] bytes, int from, int to) {
        if (carried.length() == 0) {
            line(bytes, from, to);
        } else {
            carried.add(bytes, from, to);
            line(carried.bytes(), 0, carried.length());
            carried.clear();
        }
    }

    private void line(byte[] bytes, int from, int to) {
        if (from == to) {
            dispatch();
        } else if (isData(bytes, from, to)) {
            hasData = true;
            out.data(bytes, from, to);
        }
    }

    private static boolean isData(byte[] bytes, int from, int to) {
        return to - from >= 4 && bytes[from] == 'd' && bytes[from + 1] == 'a' && bytes[from + 2] == 't'
                && bytes[from + 3] == 'a' && (to - from == 4 || bytes[from + 4] == ':');
    }

    private void dispatch() {
        if (hasData) {
            out.end();
        }
        hasData = false;
    }
}

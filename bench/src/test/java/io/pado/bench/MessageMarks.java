package io.pado.bench;

import java.nio.charset.StandardCharsets;

/**
 * Says of each message what the bench wants to know: its number, its time stamp, and whether it is the greeting that
 * the server was to send first. The greeting is looked for until it has come. One per connection; one thread.
 */
final class MessageMarks implements Messages {
    /** Hears of each message; {@code seq} and {@code nanos} are {@link Marks#NONE} where the data has none. */
    @FunctionalInterface
    interface Listener {
        void message(long seq, long nanos, boolean greeting);
    }

    private static final byte[] SEQ = Marks.key("seq");
    private static final byte[] TIME = Marks.key("ts");

    private final byte[] greeting;
    private final Listener listener;
    private boolean greeted;
    private boolean greets;
    private long seq = Marks.NONE;
    private long nanos = Marks.NONE;

    /** {@code greeting}: text that makes a message the greeting; empty: there will be none. */
    MessageMarks(String greeting, Listener listener) {
        this.greeting = greeting.getBytes(StandardCharsets.UTF_8);
        this.greeted = greeting.isEmpty();
        this.listener = listener;
    }

    @Override
    public void data(byte[] bytes, int from, int to) {
        if (seq == Marks.NONE) {
            seq = Marks.find(bytes, from, to, SEQ);
        }
        if (nanos == Marks.NONE) {
            nanos = Marks.find(bytes, from, to, TIME);
        }
        greets |= !greeted && Marks.contains(bytes, from, to, greeting);
    }

    @Override
    public void end() {
        greeted |= greets;
        listener.message(seq, nanos, greets);
        greets = false;
        seq = Marks.NONE;
        nanos = Marks.NONE;
    }
}

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
    private final byte[] unmarked;
    private final Listener listener;
    private boolean greeted;
    private boolean greets;
    private boolean counts;
    private long seq = Marks.NONE;
    private long nanos = Marks.NONE;

    /**
     * {@code greeting}: text that makes a message the greeting; empty: there will be none. {@code unmarked}: of the messages without a number only those
     * with this text are told of; empty: all.
     */
    MessageMarks(String greeting, String unmarked, Listener listener) {
        this.greeting = greeting.getBytes(StandardCharsets.UTF_8);
        this.greeted = greeting.isEmpty();
        this.unmarked = unmarked.getBytes(StandardCharsets.UTF_8);
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
        counts = counts || unmarked.length == 0 || seq != Marks.NONE || Marks.contains(bytes, from, to, unmarked);
        greets |= !greeted && Marks.contains(bytes, from, to, greeting);
    }

    @Override
    public void end() {
        greeted |= greets;
        if (counts || greets) {
            listener.message(seq, nanos, greets);
        }
        greets = false;
        counts = false;
        seq = Marks.NONE;
        nanos = Marks.NONE;
    }
}

package io.pado.realtime.sse;

import java.nio.charset.StandardCharsets;

/**
 * Builds one SSE frame (WHATWG HTML, section 9.2.6). {@code event:} comes before {@code data:}, a line-based client of the
 * documents depends on it; a line break in the data starts a new {@code data:} line.
 */
public final class SseFrame {

    private final StringBuilder text = new StringBuilder(256);
    /** Whether there is an event that an empty line must end; after a comment alone some clients would take that for an empty event. */
    private boolean unfinished;

    /** @param name without CR, LF; empty for an unnamed event */
    public SseFrame event(String name) {
        return name.isEmpty() ? this : line("event: ", name);
    }

    /** @param id without CR, LF, NUL; empty for none */
    public SseFrame id(String id) {
        return id.isEmpty() ? this : line("id: ", id);
    }

    /** @param millis after which a client comes back */
    public SseFrame retry(long millis) {
        return line("retry: ", Long.toString(millis));
    }

    /** @param words without CR, LF; clients pass over them */
    public SseFrame comment(String words) {
        text.append(": ").append(words).append('\n');
        return this;
    }

    /** @param data any text */
    public SseFrame data(String data) {
        if (data.indexOf('\n') < 0 && data.indexOf('\r') < 0) {
            return line("data: ", data);
        }
        for (String line : data.split("\r\n|\r|\n", -1)) {
            line("data: ", line);
        }
        return this;
    }

    /** @param next another event, in the same write */
    public SseFrame then(SseFrame next) {
        finish();
        return with(next);
    }

    /** @param other fields of the same event that follow these */
    public SseFrame with(SseFrame other) {
        text.append(other.text);
        unfinished |= other.unfinished;
        return this;
    }

    /** @return the whole frame, UTF-8 */
    byte[] bytes() {
        return whole().getBytes(StandardCharsets.UTF_8);
    }

    /** @return the same as text */
    String whole() {
        finish();
        return text.toString();
    }

    private void finish() {
        if (unfinished) {
            text.append('\n');
            unfinished = false;
        }
    }

    private SseFrame line(String field, String value) {
        text.append(field).append(value).append('\n');
        unfinished = true;
        return this;
    }
}

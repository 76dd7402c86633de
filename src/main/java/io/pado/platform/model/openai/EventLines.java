package io.pado.platform.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.function.BiConsumer;

/**
 * Bytes of a stream of server-sent events to its events. No byte of a longer UTF-8 sequence equals CR or LF: lines are cut before they are decoded,
 * and no character with them. Not thread-safe.
 */
final class EventLines {

    private static final String DATA = "data:";
    private static final String EVENT = "event:";

    private final BiConsumer<String, String> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String event;
    private boolean afterReturn;

    /** @param events hear the name, null without one, and the data of each event that has data */
    EventLines(BiConsumer<String, String> events) {
        this.events = events;
    }

    void take(byte[] bytes) {
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            boolean ends = bytes[at] == '\n' || bytes[at] == '\r';
            if (ends && !(bytes[at] == '\n' && afterReturn)) {
                line.write(bytes, from, at - from);
                field(line.toString(UTF_8));
                line.reset();
            }
            if (ends) {
                from = at + 1;
            }
            afterReturn = bytes[at] == '\r';
        }
        line.write(bytes, from, bytes.length - from);
    }

    /** The stream is over: what stands there without its last empty line counts. */
    void end() {
        dispatch();
    }

    /** @return how much waits for its end: bytes of the line, characters of the event */
    int size() {
        return line.size() + data.length();
    }

    private void field(String text) {
        if (text.isEmpty()) {
            dispatch();
        } else if (text.startsWith(DATA)) {
            data.append(data.isEmpty() ? "" : "\n").append(value(text, DATA.length()));
        } else if (text.startsWith(EVENT)) {
            event = value(text, EVENT.length());
        }
    }

    private static String value(String text, int from) {
        return text.startsWith(" ", from) ? text.substring(from + 1) : text.substring(from);
    }

    private void dispatch() {
        String content = data.toString();
        String type = event;
        data.setLength(0);
        event = null;
        if (!content.isEmpty()) {
            events.accept(type, content);
        }
    }
}

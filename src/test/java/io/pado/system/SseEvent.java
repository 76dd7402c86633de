package io.pado.system;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;

/**
 * One event as it came in.
 *
 * @param id    of its own frame, empty if the frame had none
 * @param name  empty for an unnamed one
 * @param data  its lines, joined
 * @param nanos when its last line was read, {@link System#nanoTime}
 */
record SseEvent(String id, String name, String data, long nanos) {

    JsonObject json() {
        try (JsonReader reader = Json.createReader(new StringReader(data))) {
            return reader.readObject();
        }
    }

    String type() {
        return json().getString("type", "");
    }

    boolean is(String type) {
        return type().equals(type);
    }

    /** The payload of a channel's event. */
    JsonObject payload() {
        return json().getJsonObject("data");
    }

    /** Whether it tells of this poll, by its number. */
    boolean tellsOf(SamplePoll poll) {
        return is("vote_update") && payload().toString().contains("\"pollId\":" + poll.id() + ',');
    }

    /** Whether a foreign program published it under this name. */
    boolean says(String marker) {
        return data.contains('"' + marker + '"');
    }

    String epoch() {
        return id.substring(0, id.lastIndexOf('-'));
    }

    long sequence() {
        return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
    }
}

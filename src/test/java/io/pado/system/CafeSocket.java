package io.pado.system;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.util.List;
import java.util.function.Predicate;

/** A client of {@code /ws}. */
record CafeSocket(Socket socket) implements AutoCloseable {

    static CafeSocket open(URI base, String path, String... headers) {
        return new CafeSocket(Socket.open(base, path, headers));
    }

    /** Waits until it has joined, so that it hears whatever happens from now on. */
    static CafeSocket joined(URI base) {
        return answered(open(base, "/ws?last_event_id="));
    }

    static CafeSocket joined(URI base, Login login) {
        return answered(new CafeSocket(Socket.with(base, "/ws?last_event_id=", login)));
    }

    private static CafeSocket answered(CafeSocket opened) {
        opened.first(frame -> is(frame, "joined"));
        return opened;
    }

    /** Says it, and waits for the first frame of one of these kinds after it. */
    JsonObject ask(String text, String... answers) {
        int before = socket.messages().size();
        socket.say(text);
        return socket.firstAfter(before, frame -> List.of(answers).contains(frame.getString("event")));
    }

    JsonObject first(Predicate<JsonObject> wanted) {
        return socket.first(wanted);
    }

    /** Waits for the event about something, by the value of a field of its data. */
    JsonObject first(String event, String field, Object value) {
        return socket.first(frame -> is(frame, event) && says(frame, field, value));
    }

    List<JsonObject> frames() {
        return socket.messages();
    }

    /** Names of all frames about something. */
    List<String> heard(String field, Object value) {
        return frames().stream().filter(frame -> says(frame, field, value)).map(frame -> frame.getString("event")).toList();
    }

    static boolean is(JsonObject frame, String event) {
        return frame.getString("event").equals(event);
    }

    static boolean says(JsonObject frame, String field, Object value) {
        var said = frame.getJsonObject("data").get(field);
        return said != null && (said instanceof JsonString text ? text.getString() : said.toString()).equals(value.toString());
    }

    static List<String> texts(JsonObject data, String field) {
        return data.getJsonArray(field).getValuesAs(JsonString::getString);
    }

    @Override
    public void close() {
        socket.close();
    }
}

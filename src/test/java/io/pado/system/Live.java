package io.pado.system;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A client of {@code /live}. */
record Live(Socket socket) implements AutoCloseable {

    /** @param headers names and values, one after the other */
    static Live open(URI base, String path, String... headers) {
        return welcomed(Socket.open(base, path, headers));
    }

    /** As a browser has to send its token. */
    static Live with(URI base, Login login) {
        return welcomed(Socket.with(base, "/live", login));
    }

    private static Live welcomed(Socket socket) {
        socket.first(message -> is(message, "welcome"));
        return new Live(socket);
    }

    Live say(String json) {
        socket.say(json);
        return this;
    }

    /** Says it, and waits for the answer with the same {@code ref}. */
    JsonObject ask(String json) {
        int before = socket.messages().size();
        String ref = "r" + before;
        say(json.substring(0, json.length() - 1) + ",\"ref\":\"" + ref + "\"}");
        return socket.firstAfter(before, message -> ref(message).equals(ref));
    }

    JsonObject subscribe(String topic) {
        return ask("{\"type\":\"subscribe\",\"topics\":[\"" + topic + "\"]}");
    }

    List<JsonObject> messages() {
        return socket.messages();
    }

    List<JsonObject> events() {
        return socket.messages().stream().filter(message -> is(message, "event")).toList();
    }

    JsonObject first(Predicate<JsonObject> wanted) {
        return socket.first(wanted);
    }

    static boolean is(JsonObject message, String type) {
        return message.getString("type").equals(type);
    }

    private static String ref(JsonObject message) {
        return Optional.ofNullable(message.get("ref")).map(value -> message.getString("ref")).orElse("");
    }

    @Override
    public void close() {
        socket.close();
    }
}

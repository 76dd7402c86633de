package io.pado.system;

import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A stream of presence, and what it has told so far. */
record Onlooking(Login login, Stream stream) implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(25);

    /** Returns once all states are there. */
    static Onlooking open(Login login) {
        Stream stream = Stream.open(login.base(), "/api/presence/stream?token=" + login.token());
        stream.first(event -> event.name().equals("initial"));
        return new Onlooking(login, stream);
    }

    /** The last set of states. */
    JsonObject initial() {
        List<SseEvent> all = stream.events(event -> event.name().equals("initial"));
        return all.get(all.size() - 1).json();
    }

    List<JsonObject> changesOf(Login friend) {
        return stream.events(event -> event.name().equals("status_change")).stream().map(SseEvent::json)
                .filter(change -> change.getJsonNumber("user_id").longValue() == friend.userId()).toList();
    }

    List<Boolean> told(Login friend) {
        return changesOf(friend).stream().map(change -> change.getBoolean("is_online")).toList();
    }

    /** What this client shows now. */
    boolean shows(Login friend) {
        return shows(stream.events(), friend);
    }

    /** Whether a client shows a user as online that has got these events, as the document's clients do. */
    static boolean shows(List<SseEvent> events, Login friend) {
        return online(events).contains(friend.userId());
    }

    /** Whom it shows as online. */
    static Set<Long> online(List<SseEvent> events) {
        Set<Long> online = new TreeSet<>();
        for (SseEvent event : events) {
            if (event.name().equals("initial")) {
                online.clear();
                event.json().values().forEach(state -> note(state.asJsonObject(), online));
            } else if (event.name().equals("status_change")) {
                note(event.json(), online);
            }
        }
        return online;
    }

    private static void note(JsonObject state, Set<Long> online) {
        long user = state.getJsonNumber("user_id").longValue();
        if (state.getBoolean("is_online")) {
            online.add(user);
        } else {
            online.remove(user);
        }
    }

    void awaitShown(Login friend, boolean online) {
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(20)).until(() -> shows(friend) == online);
    }

    void awaitTold(Login friend, Boolean... online) {
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(20)).until(() -> told(friend).equals(List.of(online)));
    }

    @Override
    public void close() {
        stream.close();
    }
}

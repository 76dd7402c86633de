package io.pado.presence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The open streams of this node whose users are known, and what of them Redis is still to be told. Never blocks. Thread-safe. */
final class Roll {

    private final Map<String, Long> open = new HashMap<>();
    private final Map<String, Note> untold = new LinkedHashMap<>();
    private final Set<String> endedEarly = new HashSet<>();

    /**
     * What happened to a stream last.
     *
     * @param nanos when, {@link System#nanoTime}
     */
    record Note(String stream, long userId, boolean came, long nanos) {
    }

    /** A stream has opened. */
    synchronized void came(String stream, long userId) {
        // Its end may be heard of first: another thread tells it.
        if (!endedEarly.remove(stream)) {
            open.put(stream, userId);
            untold.put(stream, new Note(stream, userId, true, System.nanoTime()));
        }
    }

    /** A stream has ended. */
    synchronized void left(String stream, long userId) {
        if (open.remove(stream) == null) {
            endedEarly.add(stream);
        } else {
            untold.put(stream, new Note(stream, userId, false, System.nanoTime()));
        }
    }

    /** All that are open are to be told once more. */
    synchronized void tellAllAgain() {
        open.forEach((stream, user) -> untold.putIfAbsent(stream, new Note(stream, user, true, System.nanoTime())));
    }

    /** @return what is to be told, no more than {@code most}; it counts as told then */
    synchronized List<Note> take(int most) {
        List<Note> taken = new ArrayList<>();
        for (Iterator<Note> rest = untold.values().iterator(); rest.hasNext() && taken.size() < most;) {
            taken.add(rest.next());
            rest.remove();
        }
        return taken;
    }

    /** These could not be told; what has happened to their streams since counts more. */
    synchronized void putBack(List<Note> notes) {
        notes.forEach(note -> untold.putIfAbsent(note.stream(), note));
    }

    synchronized boolean isTold() {
        return untold.isEmpty();
    }
}

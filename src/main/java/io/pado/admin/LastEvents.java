package io.pado.admin;

import io.pado.platform.json.Json;
import io.pado.realtime.Envelope;
import io.pado.realtime.Topic;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.LogSlice;
import io.pado.realtime.topic.EventText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Collectors;

/** The last events of a topic, read page by page, so that never much more than these is in memory. */
final class LastEvents {

    private static final int PAGE = 200;
    private static final int ENOUGH_CHARACTERS = 4 * 1024 * 1024;

    private final int most;
    private final Deque<Envelope> last = new ArrayDeque<>();
    private long characters;
    private long kept;

    /** @param most events; fewer, but one at least, if they are large */
    LastEvents(int most) {
        this.most = most;
    }

    /**
     * @return the JSON for admins: the topic, how many events are kept, and the last of them, newest last
     * @throws io.pado.realtime.log.LogUnavailable if the log does not answer
     */
    String read(EventLog log, Topic topic) {
        LogSlice page;
        long place = 0;
        do {
            page = log.read(Map.of(topic, place), PAGE);
            page.events().forEach(this::add);
            place = page.reach();
        } while (!page.complete());
        return last.stream().map(EventText::of)
                .collect(Collectors.joining(",", "{\"topic\":" + Json.quoted(topic.name()) + ",\"kept\":" + kept + ",\"events\":[", "]}"));
    }

    private void add(Envelope event) {
        kept++;
        last.add(event);
        characters += event.json().length();
        while (last.size() > most || last.size() > 1 && characters > ENOUGH_CHARACTERS) {
            characters -= last.remove().json().length();
        }
    }
}

package io.pado.realtime.redis;

import io.pado.realtime.Publication;
import io.pado.realtime.log.EventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Keys and arguments of one run of {@code append.lua}; what they are stands there. */
final class AppendCall {

    /** In place of an event's sequence: its step is refused. */
    static final String REFUSED = "-1";

    /** How long a repetition is recognised. */
    private static final String REMEMBERED_MILLIS = Long.toString(Duration.ofHours(24).toMillis());
    /** Covers a history of 24 hours, wherever in its hour an event was. */
    private static final String MARK_HOURS = "25";

    private final String newEpoch;
    private final List<String> eventKeys = new ArrayList<>();
    private final List<String> eventArguments = new ArrayList<>();
    private final List<String> stepKeys = new ArrayList<>();
    private final List<String> stepArguments = new ArrayList<>();
    private final Map<EventLog.StateStep, Integer> firstEvents = new IdentityHashMap<>();
    private int events;

    /** @param newEpoch name of the log, if there is none yet */
    AppendCall(String newEpoch) {
        this.newEpoch = newEpoch;
    }

    void event(EventLog.Entry entry) {
        Publication event = entry.publication();
        eventKeys.addAll(List.of(Keys.log(event.topic()), Keys.top(event.topic()), Keys.idempotencyKey(event.idempotencyKey())));
        eventArguments.addAll(List.of(event.topic().name(), event.type(), event.key(), event.json(),
                Integer.toString(entry.history().events()), Long.toString(entry.history().maxIdle().toMillis()),
                event.idempotencyKey().isEmpty() ? "0" : REMEMBERED_MILLIS));
        events++;
    }

    void step(EventLog.StateStep step) {
        firstEvents.put(step, events);
        stepKeys.addAll(List.of(StateKeys.fields(step.state()), StateKeys.text(step.state())));
        stepArguments.addAll(List.of(Integer.toString(events), Integer.toString(step.events().size()), step.fence(), Long.toString(step.number()),
                step.text(), Long.toString(step.lasting().toMillis()), Integer.toString(step.fields().size())));
        step.fields().forEach((name, value) -> stepArguments.addAll(List.of(name, value)));
        step.events().forEach(this::event);
    }

    /** @return which event of this call is the step's first, from 0 */
    int firstEventOf(EventLog.StateStep step) {
        return firstEvents.get(step);
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>(List.of(Keys.EPOCH, Keys.SEQUENCE, Keys.MARKS));
        keys.addAll(eventKeys);
        keys.addAll(stepKeys);
        return keys;
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(newEpoch, MARK_HOURS, Integer.toString(events)));
        arguments.addAll(eventArguments);
        arguments.addAll(stepArguments);
        return arguments;
    }
}

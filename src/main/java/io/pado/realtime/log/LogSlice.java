package io.pado.realtime.log;

import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Topic;
import java.util.List;
import java.util.Set;

/**
 * What the log held at one moment after the places that were asked for.
 *
 * @param epoch    the log's epoch
 * @param sequence the highest number given so far, over all topics
 * @param events   in order of their sequence
 * @param holes    topics of which events after the wanted place are gone
 * @param complete false if a limit, or {@link #ENOUGH_BYTES}, cut the answer off: ask again after the last event
 */
public record LogSlice(String epoch, long sequence, List<Envelope> events, Set<Topic> holes, boolean complete) {

    /** About how much a slice holds at most, but for one event of each topic, which it holds however large they are. */
    public static final int ENOUGH_BYTES = 4 * 1024 * 1024;

    /** The id of the moment itself: a reader that has all of {@code events} has all up to here. */
    public EventId position() {
        return new EventId(epoch, sequence);
    }

    /** Up to which sequence the events are all there. */
    public long reach() {
        return complete ? sequence : events.get(events.size() - 1).id().sequence();
    }
}

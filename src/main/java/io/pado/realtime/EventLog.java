package io.pado.realtime;

import java.util.List;
import java.util.Map;

/**
 * The shared memory of what was published, the same for all nodes. Append numbers, stores and announces in one atomic step, so
 * that whatever was announced can be read, and numbers grow in the order in which they are announced.
 */
public interface EventLog {

    /**
     * Stores and announces events in the given order.
     *
     * @return the id of each; for a repetition ({@link Publication#once()}) the id it got the first time
     * @throws LogUnavailable if the log does not answer; some of the events may have been stored
     */
    List<EventId> append(List<Entry> entries);

    /**
     * Reads what topics hold after a place.
     *
     * @param after the sequence after which each topic is wanted
     * @param limit events at most from each topic
     * @throws LogUnavailable if the log does not answer
     */
    Replay read(Map<Topic, Long> after, int limit);

    /**
     * One event to append.
     *
     * @param publication the event
     * @param history     how far back its topic shall reach
     */
    record Entry(Publication publication, History history) {
    }
}

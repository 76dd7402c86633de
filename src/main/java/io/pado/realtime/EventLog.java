package io.pado.realtime;

import java.util.Collection;
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
     * Looks where topics stand, without their events.
     *
     * @throws LogUnavailable if the log does not answer
     */
    Tops tops(Collection<Topic> topics);

    /**
     * Gives the log a new epoch, because its numbers went back: it was restored from an older copy, and would give some of them twice.
     *
     * @param epoch the one it has; nothing is done if it has another one
     * @return the epoch that it has now
     * @throws LogUnavailable if the log does not answer
     */
    String beginAnew(String epoch);

    /**
     * Where topics stand.
     *
     * @param epoch    the log's; empty if there is no log yet
     * @param sequence the highest number given so far
     * @param tops     number of the last event of each topic that has one
     */
    record Tops(String epoch, long sequence, Map<Topic, Long> tops) {
    }

    /**
     * One event to append.
     *
     * @param publication the event
     * @param history     how far back its topic shall reach
     */
    record Entry(Publication publication, History history) {
    }
}

package io.pado.realtime.log;

import io.pado.realtime.EventId;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.History;
import java.time.Duration;
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
     * @return the id of each; for a repetition ({@link Publication#idempotencyKey()}) the id it got the first time
     * @throws LogUnavailable if the log does not answer; some of the events may have been stored
     */
    List<EventId> append(List<Entry> entries);

    /**
     * Takes steps of states, in the given order: stores and announces the events of each and changes its state, all in one step, or nothing of it.
     *
     * @return for each step whether it is done, now or before; false if it is refused, because the state has another fence, has ended, or
     *         lacks a step before it
     * @throws LogUnavailable if the log does not answer; some steps may be done. Taking them again is safe
     */
    List<Boolean> take(List<StateStep> steps);

    /**
     * Reads what topics hold after a place.
     *
     * @param after the sequence after which each topic is wanted
     * @param limit events at most from each topic; fewer if they are large, see {@link LogSlice}
     * @throws LogUnavailable if the log does not answer
     */
    default LogSlice read(Map<Topic, Long> after, int limit) {
        return read(after, limit, LogSlice.ENOUGH_BYTES);
    }

    /** The same. @param enough bytes after which the answer is cut off, in place of {@link LogSlice#ENOUGH_BYTES} */
    LogSlice read(Map<Topic, Long> after, int limit, int enough);

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
     * What is kept beside a topic goes one step on. The state itself is made by its owner: some fields, of which {@code fence} names who may change it,
     * and a text that grows. The log sets {@code number}, and {@code epoch} and {@code place} of the step's first event.
     *
     * @param state   name of the state
     * @param fence   of who changes it
     * @param number  of the step, one more than of the last; a step that is done is not done twice
     * @param events  at least one; the first is of the topic beside which the state is kept
     * @param text    is added to the state's text
     * @param fields  to set; {@code ended} makes it the last step
     * @param lasting how long the state is kept after this step
     */
    record StateStep(String state, String fence, long number, List<Entry> events, String text, Map<String, String> fields, Duration lasting) {
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

package io.pado.realtime.log;

import io.pado.realtime.Envelope;

/**
 * CDI event: the log took in an event of a topic that this node follows. Fired on one thread, in order of the sequence.
 *
 * @param envelope the event
 * @param previous sequence of the event before it on the same topic, 0 if none is known; a node that has not seen that one
 *                 missed something
 */
public record Announcement(Envelope envelope, long previous) {
}

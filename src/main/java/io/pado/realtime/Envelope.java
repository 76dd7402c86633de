package io.pado.realtime;

import java.time.Instant;

/**
 * One stored event on its way to the subscribers. The JSON is text, encoded once by whoever published it; a {@link Wire} puts
 * it into its own frame.
 *
 * @param id    place in the log
 * @param topic where it was published
 * @param type  what it is, in the words of the feature: {@code vote_update}
 * @param key   what it is about within the topic; of two events with the same key the newer replaces the older where the topic
 *              is {@link io.pado.realtime.policy.SlowReaders#LATEST}; empty if nothing
 * @param time  when the log took it in
 * @param json  the payload
 */
public record Envelope(EventId id, Topic topic, String type, String key, Instant time, String json) {
}

package io.pado.realtime.policy;

import java.time.Duration;

/**
 * How far back the log of a topic reaches.
 *
 * @param events  how many events are kept at most
 * @param maxIdle how long a topic that gets no new events is kept
 */
public record History(int events, Duration maxIdle) {

    /** What a topic gets unless its policy says otherwise: 1,000 events, 24 hours (spec 0-common, Events). */
    public static final History DEFAULT = new History(1_000, Duration.ofHours(24));
}

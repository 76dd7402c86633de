package io.pado.realtime.redis;

import io.pado.realtime.Topic;

/** Names of keys and channels in Redis. */
final class Keys {

    /** Name of this log. Gone with the data, so a new one tells that the data is gone. */
    static final String EPOCH = "pado:epoch";
    /** Last number given. */
    static final String SEQUENCE = "pado:sequence";
    /** Hash of hour (since 1970) to the first sequence of that hour. */
    static final String MARKS = "pado:marks";

    private static final String CHANNEL = "pado:topic:";

    private Keys() {
    }

    /** Stream of a topic's events, with {@code @epoch} at its end; entry id {@code <sequence>-<epoch millis>}; fields p(revious), t(ype), k(ey), d(ata). */
    static String log(Topic topic) {
        return "pado:log:" + topic;
    }

    /** Sequence of a topic's last event, with {@code @epoch} at its end. */
    static String top(Topic topic) {
        return "pado:top:" + topic;
    }

    /** Sequence of the event that was published under this idempotency key. */
    static String idempotencyKey(String text) {
        return "pado:once:" + text;
    }

    /** Where a topic's events are announced. */
    static String channel(Topic topic) {
        return CHANNEL + topic;
    }

    static Topic topicOf(String channel) {
        return new Topic(channel.substring(CHANNEL.length()));
    }
}

package io.pado.realtime.log;

import io.pado.realtime.Topic;
import java.util.Optional;

/** The log's store has answered, and does not take that now. Nothing was stored; trying again later is right. */
public class LogRefused extends LogUnavailable {

    private final Topic topic;

    /** @param cause what the store said */
    public LogRefused(Throwable cause) {
        super("The event log refuses: " + cause.getMessage(), cause);
        topic = null;
    }

    /** @param topic the only one that cannot take its events; others can */
    public LogRefused(Topic topic, Throwable cause) {
        super("The log of " + topic + " refuses: " + cause.getMessage(), cause);
        this.topic = topic;
    }

    /** @return the topic that cannot take its events, if others can */
    public Optional<Topic> topic() {
        return Optional.ofNullable(topic);
    }
}

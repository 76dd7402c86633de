package io.pado.realtime.redis;

import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Topic;
import io.pado.realtime.log.Announcement;
import java.time.Instant;

/** The text that {@code append.lua} publishes: epoch, sequence, previous, millis, type, key and JSON, one a line. */
final class AnnouncementText {

    private static final int PARTS = 7;

    private AnnouncementText() {
    }

    /** @throws IllegalArgumentException if a foreign hand wrote it */
    static Announcement parse(Topic topic, String text) {
        String[] parts = text.split("\n", PARTS);
        if (parts.length < PARTS) {
            throw new IllegalArgumentException("Not an announcement");
        }
        EventId id = new EventId(parts[0], Long.parseLong(parts[1]));
        Instant time = Instant.ofEpochMilli(Long.parseLong(parts[3]));
        return new Announcement(new Envelope(id, topic, parts[4], parts[5], time, parts[6]), Long.parseLong(parts[2]));
    }
}

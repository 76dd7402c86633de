package io.pado.feed.watch;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * How the watch of MongoDB goes, over all nodes.
 *
 * @param state      {@code up}, or {@code away} if no node watches now
 * @param node       name of the machine and number of the process that watches, or did so last; left out if none ever did
 * @param lagSeconds how long ago MongoDB last answered the watching node; left out if it never did
 * @param told       events that the watching node has published since it was started
 * @param skipped    changes that it could not tell, for its log says why
 * @param kept       events that waited, or wait, in the outbox, because their topic alone could not take them
 * @param alarm      the last interruption that readers were told of; left out if there is none, or it was cleared
 */
@JsonbPropertyOrder({"state", "node", "lagSeconds", "told", "skipped", "kept", "alarm"})
public record WatchView(String state, String node, Long lagSeconds, long told, long skipped, long kept, Alarm alarm) {

    /**
     * An interruption of the stream of changes.
     *
     * @param at     when
     * @param reason {@code history}, {@code token}, {@code stream}, {@code drop}, {@code rename}, {@code dropDatabase} or {@code invalidate}
     * @param detail what MongoDB said
     */
    @JsonbPropertyOrder({"at", "reason", "detail"})
    public record Alarm(Instant at, String reason, String detail) {
    }
}

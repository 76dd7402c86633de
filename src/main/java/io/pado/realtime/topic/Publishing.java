package io.pado.realtime.topic;

import io.pado.identity.Caller;
import io.pado.platform.JsonBody;
import io.pado.platform.ProblemException;
import io.pado.realtime.EventId;
import io.pado.realtime.LogUnavailable;
import io.pado.realtime.Publication;
import io.pado.realtime.Publisher;
import io.pado.realtime.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** Publishing from outside, over REST or a WebSocket. What is answered with an id is in the log, and reaches every subscriber. */
@ApplicationScoped
public class Publishing {

    /** One event must fit into a reader's queue several times. */
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_ONCE = 200;

    @Inject
    private Publisher publisher;
    @Inject
    private TopicAccess access;
    @Inject
    private OnceStore onces;

    /** Publishes what one JSON object says: {@code topic}, {@code event}, {@code key}, {@code data}, {@code once}; as below. */
    public EventId publish(Caller caller, JsonObject command) {
        JsonBody fields = JsonBody.of(command);
        String topic = fields.text("topic", MOST_ONCE);
        String once = fields.optionalText("once");
        return publish(caller, topic, EventBody.of(fields), once);
    }

    /**
     * @param topic  name, as sent
     * @param event  its parts, as sent
     * @param once   the sender's own name for this event, {@code Idempotency-Key}; empty for none
     * @return the event's place in the log; the same once more for the same name within 24 h
     * @throws ProblemException 400, 401, 403, 404, 413 or 422 for what cannot be published, 409 if the name was used for something else,
     *                          503 if the log does not answer: the event may have been stored
     */
    EventId publish(Caller caller, String topic, EventBody event, String once) {
        Topic to = access.publishable(topic, caller);
        if (event.data().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw ProblemException.tooLarge(MOST_BYTES);
        }
        String name = name(caller, once);
        try {
            if (!name.isEmpty() && !onces.claim(name, to + "\n" + event)) {
                throw ProblemException.conflict("idempotency-key",
                        "You have used this Idempotency-Key for another event; each event needs one of its own.");
            }
            return publisher.publish(new Publication(to, event.type(), event.key(), event.data(), name));
        } catch (LogUnavailable away) {
            throw ProblemException.unavailable("Nothing can be published right now; try again in a few seconds, with an Idempotency-Key.");
        }
    }

    private static String name(Caller caller, String once) {
        if (once.isEmpty()) {
            return "";
        }
        if (once.isBlank() || once.length() > MOST_ONCE || once.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.badRequest("idempotency-key", "Idempotency-Key must be 1 to " + MOST_ONCE + " printable characters.");
        }
        return "user:" + caller.userId().orElseThrow() + ':' + once;
    }
}

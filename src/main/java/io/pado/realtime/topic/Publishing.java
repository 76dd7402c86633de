package io.pado.realtime.topic;

import io.pado.identity.Caller;
import io.pado.platform.Batches;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.EventId;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.log.LogRefused;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.log.Publisher;
import io.pado.realtime.sql.Backlog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Publishing from outside, over REST or a WebSocket. What is answered with an id is in the log; while that is away events wait in the
 * database, in their order. Both reach every subscriber.
 */
@ApplicationScoped
public class Publishing {

    /** One event must fit into a reader's queue several times. */
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_TOPIC = 200;
    /** The log does no more in one step. */
    private static final int MAX_TOGETHER = 100;

    @Inject
    private Publisher publisher;
    @Inject
    private TopicAccess access;
    @Inject
    private OnceStore onces;
    @Inject
    private Backlog backlog;

    /** What is published at the same moment shares a step of the log, which takes all of it or nothing. */
    private final Batches<Boolean, Draft, EventId> appending = new Batches<>(MAX_TOGETHER, (all, waiting) -> appendAll(waiting));

    /**
     * What is to be published.
     *
     * @param claim the sender's name for it, if it has one
     */
    private record Draft(Publication publication, Optional<OnceStore.Claim> claim) {
    }

    /** Publishes what one JSON object says: {@code topic}, {@code event}, {@code key}, {@code data}, {@code once}; as below. */
    public Optional<EventId> publish(Caller caller, JsonObject command) {
        JsonBody fields = JsonBody.of(command);
        String topic = fields.text("topic", MAX_TOPIC);
        String idempotencyKey = fields.optionalText("once");
        EventBody event = EventBody.of(fields);
        return publish(caller, access.publishable(topic, caller), event, idempotencyKey);
    }

    /**
     * @param to             a topic that the caller may publish to
     * @param event          its parts, as sent
     * @param idempotencyKey the sender's own name for this event, {@code Idempotency-Key}; empty for none
     * @return the event's place in the log, the same once more for the same name within 24 h; nothing if it waits for the log
     * @throws ProblemException 400 or 413 for what cannot be published, 409 if the name was used for something else,
     *                          503 if an event without a name was under way when the log broke off: it may have been stored; or if
     *                          neither the log nor the database can take it
     */
    Optional<EventId> publish(Caller caller, Topic to, EventBody event, String idempotencyKey) {
        if (event.data().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw ProblemException.tooLarge(MAX_BYTES);
        }
        String name = name(caller, idempotencyKey);
        String content = to + "\n" + event;
        // With its content: where a name is known from its first use differs, and another event of the same name must not pass for that one.
        Optional<OnceStore.Claim> claim = name.isEmpty() ? Optional.empty() : Optional.of(new OnceStore.Claim(name, OnceStore.hash(content)));
        Publication publication = new Publication(to, event.type(), event.key(), event.data(),
                claim.map(known -> known.name() + ':' + known.hash()).orElse(""));
        Optional<EventId> id = mustWait(to) ? Optional.empty() : publishNow(new Draft(publication, claim));
        if (id.isEmpty()) {
            backlog.add(sender(caller), idempotencyKey, publication);
        }
        return id;
    }

    private boolean mustWait(Topic topic) {
        try {
            return backlog.isAheadOf(topic);
        } catch (SQLException away) {
            throw ProblemException.unavailable("Nothing can be published right now; try again in a few seconds, with an Idempotency-Key.");
        }
    }

    /** @return nothing if the log refuses, or does not answer: not even a second time, because one connection may have broken */
    private Optional<EventId> publishNow(Draft draft) {
        try {
            return Optional.of(appending.submit(true, draft));
        } catch (LogRefused refused) {
            return Optional.empty();
        } catch (LogUnavailable broken) {
            backlog.unanswered();
            if (draft.claim().isEmpty()) {
                throw ProblemException.unavailable("It is not known whether this was published, because the log broke off. "
                        + "With an Idempotency-Key you can send it again without doubling it.");
            }
        }
        try {
            return Optional.of(appending.submit(true, draft));
        } catch (LogUnavailable away) {
            return Optional.empty();
        }
    }

    private List<Batches.Outcome<EventId>> appendAll(List<Draft> drafts) {
        List<OnceStore.Claim> claims = drafts.stream().flatMap(draft -> draft.claim().stream()).toList();
        Iterator<Boolean> granted = (claims.isEmpty() ? List.<Boolean>of() : onces.claim(claims)).iterator();
        List<Boolean> welcome = drafts.stream().map(draft -> draft.claim().isEmpty() || granted.next()).toList();
        List<Publication> publications = IntStream.range(0, drafts.size()).filter(welcome::get).mapToObj(i -> drafts.get(i).publication()).toList();
        try {
            Iterator<EventId> ids = publications.isEmpty() ? Collections.emptyIterator() : publisher.publishAll(publications).iterator();
            return welcome.stream().map(yes -> yes ? Batches.Outcome.done(ids.next()) : Batches.Outcome.<EventId>refused(keyIsTaken())).toList();
        } catch (LogRefused refused) {
            // A topic that alone cannot take its events must not hold up others. Nothing was stored.
            throw refused.topic().isPresent() ? new Batches.Undone(refused) : refused;
        }
    }

    private static ProblemException keyIsTaken() {
        return ProblemException.conflict("idempotency-key", "You have used this Idempotency-Key for another event; each event needs one of its own.");
    }

    private static String sender(Caller caller) {
        return "user:" + caller.userId().orElseThrow();
    }

    private static String name(Caller caller, String idempotencyKey) {
        if (idempotencyKey.isEmpty()) {
            return "";
        }
        IdempotencyKey.check(idempotencyKey);
        return sender(caller) + ':' + idempotencyKey;
    }
}

package io.pado.lounge;

import io.pado.identity.user.UserNames;
import io.pado.platform.http.Answer;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.sql.IdempotentCalls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The public room: everybody reads, users write. */
@ApplicationScoped
public class LoungeMessages {

    @PersistenceContext
    private EntityManager database;
    @Inject
    private IdempotentCalls calls;
    @Inject
    private UserNames users;
    @Inject
    private Event<MessagePosted> posted;
    @Inject
    private Clock clock;

    /**
     * Says something, in one transaction.
     *
     * @param key the same key again is the same message
     * @return 201 with the message
     */
    @Transactional
    Answer say(long caller, String key, String content) {
        return calls.once("user:" + caller, key, "POST /api/chat/messages\n" + content, () -> {
            LoungeMessage message = new LoungeMessage(caller, nameOf(caller), content, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            database.persist(message);
            database.flush();
            posted.fire(new MessagePosted(message.view()));
            return Answer.created("/api/chat/messages?before=" + (message.view().id() + 1), message.view());
        });
    }

    /** @param before only messages with a smaller id, newest first */
    @Transactional
    List<LoungeMessageView> page(long before, int size) {
        return database.createQuery("SELECT m FROM LoungeMessage m WHERE m.id < :before ORDER BY m.id DESC", LoungeMessage.class)
                .setParameter("before", before).setMaxResults(size).getResultList().stream().map(LoungeMessage::view).toList();
    }

    private String nameOf(long caller) {
        return Optional.ofNullable(users.of(List.of(caller)).get(caller))
                .orElseThrow(() -> ProblemException.unauthorized("This user does not exist any more."));
    }
}

package io.pado.identity.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Users of other issuers in the database. A subject that was never seen becomes a user of ours. All its tokens stand on one login; when
 * somebody ends that, a token made later begins the next one.
 */
@ApplicationScoped
class OutsideLogins {

    /**
     * What is known of a subject.
     *
     * @param session    the login that goes on; empty if there is none
     * @param validAfter tokens made until then do not count
     */
    record Login(long userId, String session, Instant validAfter) {

        boolean counts(Instant madeAt) {
            return !session.isEmpty() && madeAt.isAfter(validAfter);
        }
    }

    @PersistenceContext
    private EntityManager database;
    @Inject
    private Clock clock;

    /**
     * @param name   for people
     * @param madeAt when the subject's token was made
     */
    @Transactional
    Login of(String issuer, String subject, String name, Instant madeAt) {
        OutsideUser known = locked(issuer, subject);
        if (known.isNew()) {
            User user = new User(name, clock.instant());
            database.persist(user);
            database.flush();
            known.become(user.id(), opened(user.id()));
        }
        // Removing the user waits for this, or this for it: nobody who is gone gets a new login.
        if (database.find(User.class, known.userId(), LockModeType.PESSIMISTIC_READ) == null) {
            return new Login(known.userId(), "", Instant.MAX);
        }
        LoginSession session = database.find(LoginSession.class, known.sessionId());
        if (session.ended()) {
            if (!madeAt.isAfter(session.endedAt())) {
                return new Login(known.userId(), "", session.endedAt());
            }
            known.begin(opened(known.userId()), session.endedAt());
        }
        return new Login(known.userId(), known.sessionId(), known.validAfter());
    }

    /** Of two nodes that meet a subject at once, one waits here for the other. */
    private OutsideUser locked(String issuer, String subject) {
        database.createNativeQuery("INSERT INTO outside_user (issuer, subject) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .setParameter(1, issuer).setParameter(2, subject).executeUpdate();
        return database.createQuery("SELECT o FROM OutsideUser o WHERE o.issuer = :issuer AND o.subject = :subject", OutsideUser.class)
                .setParameter("issuer", issuer).setParameter("subject", subject)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getSingleResult();
    }

    private String opened(long userId) {
        LoginSession session = new LoginSession(UUID.randomUUID().toString(), userId, clock.instant());
        database.persist(session);
        return session.id();
    }
}

package io.pado.identity.outside;

import io.pado.identity.IdentityConfig;
import io.pado.identity.account.LoginSession;
import io.pado.identity.user.User;
import io.pado.platform.sql.Purge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Users of other issuers in the database. A subject that was never seen becomes a user of ours. All its tokens stand on one login; when
 * somebody ends that, a token made later begins the next one. Tokens say in whole seconds of their issuer's clock when they were made. So for those made
 * about when a login ended, that alone does not tell on which login they stand; a young token is therefore noted with its login when it first
 * comes.
 */
@ApplicationScoped
class OutsideLogins {

    /**
     * What is known of a token's bearer.
     *
     * @param session the login on which the token stands; empty if that has ended
     */
    record Login(long userId, String session) {
    }

    /**
     * A token, verified.
     *
     * @param fingerprint of what was signed: the same whatever form its bearer gives the signature
     * @param madeAt      by the issuer's clock, in whole seconds
     * @param endsAt      when it is of no use any more
     */
    record Token(String issuer, String subject, String fingerprint, Instant madeAt, Instant endsAt) {
    }

    @PersistenceContext
    private EntityManager database;
    @Inject
    private IdentityConfig config;
    @Inject
    private Clock clock;

    /** @param name for people */
    @Transactional
    Login of(Token token, String name) {
        OutsideUser known = locked(token.issuer(), token.subject());
        if (known.isNew()) {
            User user = new User(name, clock.instant());
            database.persist(user);
            database.flush();
            known.become(user.id(), opened(user.id()));
        }
        // Removing the user waits for this, or this for it: nobody who is gone gets a new login.
        if (database.find(User.class, known.userId(), LockModeType.PESSIMISTIC_READ) == null) {
            return new Login(known.userId(), "");
        }
        OutsideToken noted = database.find(OutsideToken.class, token.fingerprint());
        if (noted != null) {
            LoginSession session = database.find(LoginSession.class, noted.sessionId());
            // A token may count for longer than an ended login is kept.
            return new Login(known.userId(), session == null || session.ended() ? "" : session.id());
        }
        LoginSession session = database.find(LoginSession.class, known.sessionId());
        if (isOlder(token, session.ended() ? session.endedAt() : known.validAfter())) {
            return new Login(known.userId(), "");
        }
        if (session.ended()) {
            known.begin(opened(known.userId()), session.endedAt());
        }
        if (token.madeAt().plus(config.leeway()).plusSeconds(1).isAfter(clock.instant())) {
            database.persist(new OutsideToken(token.fingerprint(), known.sessionId(), token.endsAt()));
        }
        return new Login(known.userId(), known.sessionId());
    }

    /** Forgets tokens that have ended. */
    @Transactional
    void purge(@Observes Purge due) {
        due.deleted(database.createNativeQuery(Purge.statement("outside_token", "ends_at < ?"))
                .setParameter(1, clock.instant().minus(config.leeway()).atOffset(ZoneOffset.UTC)).executeUpdate());
    }

    /** Whether a token was made before that moment for sure, however much the issuer's clock is behind. */
    private boolean isOlder(Token token, Instant moment) {
        return token.madeAt().plus(config.leeway()).isBefore(moment.truncatedTo(ChronoUnit.SECONDS));
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

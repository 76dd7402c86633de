package io.pado.identity.account;

import io.pado.identity.IdentityConfig;
import io.pado.platform.sql.Purge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Logins, each call one transaction. A refresh token works once and gives the next one; whoever uses one a second time has stolen
 * it, or was stolen from, so the whole login ends.
 */
@ApplicationScoped
public class Sessions {

    private static final Duration KEPT = Duration.ofDays(1);

    /**
     * A login that may go on.
     *
     * @param session its id
     * @param refresh the token for its next renewal
     */
    record Open(String session, long userId, String refresh) {
    }

    @PersistenceContext
    private EntityManager database;
    @Inject
    private IdentityConfig config;
    @Inject
    private Clock clock;

    /** @return the user's new login; empty if the user was removed meanwhile: removing waits for this, or this for it */
    @Transactional
    Optional<Open> open(long userId) {
        if (database.find(User.class, userId, LockModeType.PESSIMISTIC_READ) == null) {
            return Optional.empty();
        }
        LoginSession session = new LoginSession(UUID.randomUUID().toString(), userId, clock.instant());
        database.persist(session);
        return Optional.of(next(session));
    }

    /** @return the login with its next token; empty if the token does not count, which may have ended its login */
    @Transactional
    Optional<Open> renew(String refresh) {
        Instant now = clock.instant();
        RefreshToken token = database.find(RefreshToken.class, Secrets.hash(refresh), LockModeType.PESSIMISTIC_WRITE);
        if (token == null || token.expired(now)) {
            return Optional.empty();
        }
        LoginSession session = database.find(LoginSession.class, token.sessionId(), LockModeType.PESSIMISTIC_WRITE);
        if (session.ended()) {
            return Optional.empty();
        }
        if (!token.use()) {
            end(session.id());
            return Optional.empty();
        }
        return Optional.of(next(session));
    }

    /** Ends one login; harmless when it has ended. */
    @Transactional
    void end(String id) {
        database.createNativeQuery("UPDATE login_session SET ended_at = now() WHERE id = ? AND ended_at IS NULL")
                .setParameter(1, id)
                .executeUpdate();
    }

    /** Ends all logins that a user has now. */
    @Transactional
    void endAll(long userId) {
        database.createNativeQuery("UPDATE login_session SET ended_at = now() WHERE user_id = ? AND ended_at IS NULL")
                .setParameter(1, userId)
                .executeUpdate();
    }

    /** @return the ids of those that ended within the last while, by the database's clock */
    @Transactional
    @SuppressWarnings("unchecked") // a native query has no type
    public List<String> endedWithin(Duration last) {
        return database.createNativeQuery("SELECT id FROM login_session WHERE ended_at > now() - make_interval(secs => ?)")
                .setParameter(1, (double) last.toSeconds())
                .getResultList();
    }

    /**
     * Deletes what counts for nothing any more: refresh tokens that have expired, and logins without any, except those of other issuers'
     * users. Long after that, so that every node has learned of every end.
     */
    @Transactional
    void purge(@Observes Purge due) {
        double seconds = config.accessLife().plus(KEPT).toSeconds();
        database.createNativeQuery("DELETE FROM refresh_token WHERE expires_at < now() - make_interval(secs => ?)")
                .setParameter(1, seconds).executeUpdate();
        database.createNativeQuery("DELETE FROM login_session s WHERE created_at < now() - make_interval(secs => ?)"
                + " AND (ended_at IS NULL OR ended_at < now() - make_interval(secs => ?))"
                + " AND NOT EXISTS (SELECT FROM refresh_token t WHERE t.session_id = s.id)"
                + " AND NOT EXISTS (SELECT FROM outside_user o WHERE o.session_id = s.id)")
                .setParameter(1, seconds).setParameter(2, seconds).executeUpdate();
    }

    private Open next(LoginSession session) {
        String refresh = Secrets.random();
        database.persist(new RefreshToken(Secrets.hash(refresh), session.id(), clock.instant().plus(config.refreshLife())));
        return new Open(session.id(), session.userId(), refresh);
    }
}

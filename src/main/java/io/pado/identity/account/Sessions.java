package io.pado.identity.account;

import io.pado.identity.IdentityConfig;
import io.pado.identity.user.User;
import io.pado.platform.sql.Purge;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

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
     * @param user    whose it is, read in the same transaction
     * @param refresh the token for its next renewal
     */
    record Open(String session, User user, String refresh) {
    }

    @PersistenceContext
    private EntityManager database;
    @Resource(lookup = "jdbc/pado", shareable = false)
    private DataSource source;
    @Inject
    private IdentityConfig config;
    @Inject
    private Clock clock;

    /** @return the user's new login; empty if the user was removed meanwhile: removing waits for this, or this for it */
    @Transactional
    Optional<Open> open(long userId) {
        User user = database.find(User.class, userId, LockModeType.PESSIMISTIC_READ);
        if (user == null) {
            return Optional.empty();
        }
        LoginSession session = new LoginSession(UUID.randomUUID().toString(), userId, clock.instant());
        database.persist(session);
        return Optional.of(next(session, user));
    }

    /** @return the login with its next token; empty if the token does not count, which may have ended its login. A failure leaves the token unused */
    @Transactional
    Optional<Open> renew(String refresh) {
        Instant now = clock.instant();
        RefreshToken token = database.find(RefreshToken.class, Secrets.hash(refresh), LockModeType.PESSIMISTIC_WRITE);
        if (token == null || token.expired(now)) {
            return Optional.empty();
        }
        LoginSession session = database.find(LoginSession.class, token.sessionId(), LockModeType.PESSIMISTIC_WRITE);
        User user = session.ended() ? null : database.find(User.class, session.userId());
        if (user == null) {
            return Optional.empty();
        }
        if (!token.use()) {
            end(session.id());
            return Optional.empty();
        }
        return Optional.of(next(session, user));
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

    /**
     * Asked several times a second on each node, so it does without JPA and a transaction, which cost more than the query.
     *
     * @return the ids of those that ended within the last while, by the database's clock
     */
    public List<String> endedWithin(Duration last) {
        List<String> ids = new ArrayList<>();
        try (Connection connection = source.getConnection(); PreparedStatement query = connection.prepareStatement(
                "SELECT id FROM login_session WHERE ended_at > now() - make_interval(secs => ?)")) {
            query.setDouble(1, last.toSeconds());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        } catch (SQLException failure) {
            throw new IllegalStateException("It could not be asked which logins have ended", failure);
        }
    }

    /**
     * Deletes what counts for nothing any more: refresh tokens that have expired, and logins without any, except those of other issuers'
     * users. Long after that, so that every node has learned of every end.
     */
    @Transactional
    void purge(@Observes Purge due) {
        double seconds = config.accessLife().plus(KEPT).toSeconds();
        due.deleted(database.createNativeQuery(Purge.statement("refresh_token", "expires_at < now() - make_interval(secs => ?)"))
                .setParameter(1, seconds).executeUpdate());
        due.deleted(database.createNativeQuery(Purge.statement("login_session", "created_at < now() - make_interval(secs => ?)"
                + " AND (ended_at IS NULL OR ended_at < now() - make_interval(secs => ?))"
                + " AND NOT EXISTS (SELECT FROM refresh_token t WHERE t.session_id = login_session.id)"
                + " AND NOT EXISTS (SELECT FROM outside_user o WHERE o.session_id = login_session.id)"))
                .setParameter(1, seconds).setParameter(2, seconds).executeUpdate());
    }

    private Open next(LoginSession session, User user) {
        String refresh = Secrets.random();
        database.persist(new RefreshToken(Secrets.hash(refresh), session.id(), clock.instant().plus(config.refreshLife())));
        return new Open(session.id(), user, refresh);
    }
}

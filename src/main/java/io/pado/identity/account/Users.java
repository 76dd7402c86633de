package io.pado.identity.account;

import io.pado.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The users; each call is one transaction. An email address names one user, whatever its case. */
@ApplicationScoped
class Users {

    @PersistenceContext
    private EntityManager database;
    @Inject
    private Clock clock;

    @Transactional
    Optional<User> find(long id) {
        return Optional.ofNullable(database.find(User.class, id));
    }

    @Transactional
    Optional<User> byEmail(String email) {
        return database.createQuery("SELECT u FROM User u WHERE u.email = :email", User.class)
                .setParameter("email", lower(email))
                .getResultStream().findFirst();
    }

    /** @throws ProblemException 409 if somebody has the email */
    @Transactional
    User add(String email, String name, String passwordHash, Set<String> roles) {
        if (byEmail(email).isPresent()) {
            throw taken();
        }
        User user = new User(lower(email), name, passwordHash, roles, clock.instant());
        try {
            database.persist(user);
            database.flush();
        } catch (PersistenceException takenMeanwhile) {
            throw taken();
        }
        return user;
    }

    @Transactional
    void remove(long id) {
        find(id).ifPresent(database::remove);
    }

    /**
     * @param part   of the name or the email, in any case; empty for all
     * @param before only users with a smaller id
     * @return the newest of them, with the number of logins that have not ended
     */
    @Transactional
    @SuppressWarnings("unchecked")
    List<AccountView> page(String part, long before, int limit) {
        String pattern = '%' + part.replaceAll("[\\\\%_]", "\\\\$0") + '%';
        List<Object[]> rows = database.createNativeQuery("SELECT u.id, u.email, u.name, u.roles, CAST(extract(epoch FROM u.created_at) * 1000 AS bigint),"
                + " (SELECT max(o.issuer) FROM outside_user o WHERE o.user_id = u.id),"
                + " (SELECT count(*) FROM login_session s WHERE s.user_id = u.id AND s.ended_at IS NULL)"
                + " FROM app_user u WHERE u.id < ? AND (u.email ILIKE ? OR u.name ILIKE ?) ORDER BY u.id DESC LIMIT ?")
                .setParameter(1, before).setParameter(2, pattern).setParameter(3, pattern).setParameter(4, limit).getResultList();
        return rows.stream().map(AccountView::of).toList();
    }

    static ProblemException noSuchUser(long id) {
        return ProblemException.notFound("no-such-user", "There is no user " + id + '.');
    }

    private static ProblemException taken() {
        return ProblemException.conflict("email-taken", "Somebody has registered this email address; log in, or take another one.");
    }

    private static String lower(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}

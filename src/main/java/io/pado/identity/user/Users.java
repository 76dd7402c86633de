package io.pado.identity.user;

import io.pado.platform.problem.ProblemException;
import io.pado.platform.sql.SqlFailures;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The users; each call is one transaction. An email address names one user, whatever its case, and whether its accents are composed or not. */
@ApplicationScoped
public class Users {

    private static final String VIEWS = "SELECT id, coalesce(email, ''), name, roles FROM app_user WHERE id = ANY (?)";

    @PersistenceContext
    private EntityManager database;
    @Resource(lookup = "jdbc/pado", shareable = false)
    private DataSource source;
    @Inject
    private Clock clock;

    @Transactional
    public Optional<User> find(long id) {
        return Optional.ofNullable(database.find(User.class, id));
    }

    /** Asked with each page that is opened, so it does without JPA and a transaction, which cost more. @return those that there are, by id */
    public Map<Long, UserView> views(Collection<Long> ids) {
        Map<Long, UserView> found = new HashMap<>();
        try (Connection connection = source.getConnection(); PreparedStatement query = connection.prepareStatement(VIEWS)) {
            query.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    List<String> roles = Arrays.stream(row.getString(4).split(",")).sorted().toList();
                    found.put(row.getLong(1), new UserView(row.getLong(1), row.getString(2), row.getString(3), roles));
                }
            }
            return found;
        } catch (SQLException failure) {
            throw new IllegalStateException("Users could not be read", failure);
        }
    }

    /** Accounts that were made before addresses were composed have theirs as it was sent. */
    @Transactional
    public Optional<User> byEmail(String email) {
        String sent = lower(email);
        List<String> spellings = List.of(sent, normal(email), Normalizer.normalize(sent, Normalizer.Form.NFD));
        return database.createQuery("SELECT u FROM User u WHERE u.email IN :spellings", User.class)
                .setParameter("spellings", spellings)
                .getResultStream().min(Comparator.comparingInt(user -> spellings.indexOf(user.email())));
    }

    /** @throws ProblemException 409 if somebody has the email */
    @Transactional
    public User add(String email, String name, String passwordHash, Set<String> roles) {
        if (byEmail(email).isPresent()) {
            throw taken();
        }
        User user = new User(normal(email), name, passwordHash, roles, clock.instant());
        try {
            database.persist(user);
            database.flush();
        } catch (PersistenceException failure) {
            throw SqlFailures.isTaken(failure) ? taken() : failure;
        }
        return user;
    }

    @Transactional
    public void remove(long id) {
        find(id).ifPresent(database::remove);
    }

    /**
     * @param part   of the name or the email, in any case, composed or not; empty for all
     * @param before only users with a smaller id
     * @return the newest of them, with the number of logins that have not ended
     */
    @Transactional
    @SuppressWarnings("unchecked")
    public List<AccountView> page(String part, long before, int limit) {
        String pattern = '%' + part.replaceAll("[\\\\%_]", "\\\\$0") + '%';
        String composed = Normalizer.normalize(pattern, Normalizer.Form.NFC);
        List<Object[]> rows = database.createNativeQuery("SELECT u.id, u.email, u.name, u.roles, CAST(extract(epoch FROM u.created_at) * 1000 AS bigint),"
                + " (SELECT max(o.issuer) FROM outside_user o WHERE o.user_id = u.id),"
                + " (SELECT count(*) FROM login_session s WHERE s.user_id = u.id AND s.ended_at IS NULL)"
                + " FROM app_user u WHERE u.id < ? AND (u.email ILIKE ? OR u.email ILIKE ? OR u.name ILIKE ?) ORDER BY u.id DESC LIMIT ?")
                .setParameter(1, before).setParameter(2, composed).setParameter(3, pattern).setParameter(4, pattern).setParameter(5, limit).getResultList();
        return rows.stream().map(AccountView::of).toList();
    }

    public static ProblemException noSuchUser(long id) {
        return ProblemException.notFound("no-such-user", "There is no user " + id + '.');
    }

    private static ProblemException taken() {
        return ProblemException.conflict("email-taken", "Somebody has registered this email address; log in, or take another one.");
    }

    /** @return the email address as it is kept: without spaces around it, in lower case, composed (NFC); it may be longer than what was sent */
    public static String normal(String email) {
        return Normalizer.normalize(lower(email), Normalizer.Form.NFC);
    }

    private static String lower(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}

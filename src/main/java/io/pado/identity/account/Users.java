package io.pado.identity.account;

import io.pado.platform.ProblemException;
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
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The users; each call is one transaction. An email address names one user, whatever its case. */
@ApplicationScoped
class Users {

    private static final String VIEWS = "SELECT id, coalesce(email, ''), name, roles FROM app_user WHERE id = ANY (?)";

    @PersistenceContext
    private EntityManager database;
    @Resource(lookup = "jdbc/pado")
    private DataSource source;
    @Inject
    private Clock clock;

    @Transactional
    Optional<User> find(long id) {
        return Optional.ofNullable(database.find(User.class, id));
    }

    /** Asked with each page that is opened, so it does without JPA and a transaction, which cost more. @return those that there are, by id */
    Map<Long, UserView> views(Collection<Long> ids) {
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
        } catch (PersistenceException failure) {
            throw SqlFailures.isTaken(failure) ? taken() : failure;
        }
        return user;
    }

    /** @return whether there was one */
    @Transactional
    boolean remove(long id) {
        Optional<User> user = find(id);
        user.ifPresent(database::remove);
        return user.isPresent();
    }

    private static ProblemException taken() {
        return ProblemException.conflict("email-taken", "Somebody has registered this email address; log in, or take another one.");
    }

    private static String lower(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}

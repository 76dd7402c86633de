package io.pado.identity.account;

import io.pado.platform.ProblemException;
import io.pado.platform.sql.SqlFailures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
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
        } catch (PersistenceException failure) {
            throw SqlFailures.isDuplicate(failure) ? taken() : failure;
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

package io.pado.identity.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Which users there are and what they are called, for features that name them. */
@ApplicationScoped
public class UserNames {

    @PersistenceContext
    private EntityManager database;
    @Inject
    private Users users;

    /** @return the names of those of these users that exist, by id */
    @Transactional
    public Map<Long, String> of(Collection<Long> userIds) {
        if (userIds.isEmpty()) {
            return Map.of();
        }
        return database.createQuery("SELECT u FROM User u WHERE u.id IN :ids", User.class).setParameter("ids", userIds)
                .getResultStream().collect(Collectors.toMap(User::id, User::name));
    }

    /** @return the user with this email address, if there is one */
    @Transactional
    public OptionalLong byEmail(String email) {
        return users.byEmail(email).map(user -> OptionalLong.of(user.id())).orElseGet(OptionalLong::empty);
    }
}

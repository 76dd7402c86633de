package io.pado.identity.user;

import io.pado.identity.Roles;
import io.pado.platform.problem.ProblemException;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** Which roles users have. There is always an admin left: changes that concern admins wait for each other. */
@ApplicationScoped
public class UserRights {

    private static final String IS_ADMIN = "',' || roles || ',' LIKE '%," + Roles.ADMIN + ",%'";

    @PersistenceContext
    private EntityManager database;
    @Resource(lookup = "jdbc/pado", shareable = false)
    private DataSource source;
    @Inject
    private Users users;

    /**
     * Gives a user a role; harmless when they have it.
     *
     * @throws ProblemException 404 if there is no such user, 409 if the roles are another issuer's to give
     */
    @Transactional
    public void give(long userId, String role) {
        lock(userId);
        Set<String> roles = new HashSet<>(local(userId).roles());
        if (roles.add(role)) {
            store(userId, roles);
        }
    }

    /**
     * Takes a role from a user; harmless when they do not have it.
     *
     * @throws ProblemException 404 if there is no such user, 409 if the roles are another issuer's to give, or nobody else is an admin
     */
    @Transactional
    public void take(long userId, String role) {
        List<Long> admins = lock(userId);
        Set<String> roles = new HashSet<>(local(userId).roles());
        if (roles.remove(role)) {
            if (role.equals(Roles.ADMIN)) {
                requireAnother(admins, userId);
            }
            store(userId, roles);
        }
    }

    /** Keeps a user's row, and those of all admins, from other changes. @throws ProblemException 404 if there is none, 409 if nobody else is an admin */
    @Transactional
    public void prepareRemoval(long userId) {
        List<Long> admins = lock(userId);
        if (require(userId).roles().contains(Roles.ADMIN)) {
            requireAnother(admins, userId);
        }
    }

    /**
     * Asked several times a second on each node, so it does without JPA and a transaction.
     *
     * @return whose roles were changed within the last while, by the database's clock, and what they are now
     */
    public Map<Long, Set<String>> changedWithin(Duration last) {
        Map<Long, Set<String>> changed = new HashMap<>();
        try (Connection connection = source.getConnection(); PreparedStatement query = connection.prepareStatement(
                "SELECT id, roles FROM app_user WHERE roles_changed_at > now() - make_interval(secs => ?)")) {
            query.setDouble(1, last.toSeconds());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    changed.put(rows.getLong(1), Set.of(rows.getString(2).split(",")));
                }
            }
            return changed;
        } catch (SQLException failure) {
            throw new IllegalStateException("It could not be asked whose roles have changed", failure);
        }
    }

    /** In the order of their ids, as all do who lock several users. @return the admins that can log in here */
    private List<Long> lock(long userId) {
        @SuppressWarnings("unchecked")
        List<Object[]> rows = database.createNativeQuery("SELECT id, email IS NOT NULL AND " + IS_ADMIN + " FROM app_user WHERE id = ? OR " + IS_ADMIN
                + " ORDER BY id FOR NO KEY UPDATE").setParameter(1, userId).getResultList();
        return rows.stream().filter(row -> (Boolean) row[1]).map(row -> ((Number) row[0]).longValue()).toList();
    }

    private User local(long userId) {
        User user = require(userId);
        if (user.email().isEmpty()) {
            throw ProblemException.conflict("roles-from-issuer", "The roles of this user come with the tokens of another issuer; change them there.");
        }
        return user;
    }

    private User require(long userId) {
        return users.find(userId).orElseThrow(() -> Users.noSuchUser(userId));
    }

    private static void requireAnother(List<Long> admins, long userId) {
        if (admins.stream().noneMatch(admin -> admin != userId)) {
            throw ProblemException.conflict("last-admin", "Nobody else is an admin; make somebody else one first.");
        }
    }

    private void store(long userId, Set<String> roles) {
        database.createNativeQuery("UPDATE app_user SET roles = ?, roles_changed_at = clock_timestamp() WHERE id = ?")
                .setParameter(1, String.join(",", roles.stream().sorted().toList())).setParameter(2, userId).executeUpdate();
    }
}

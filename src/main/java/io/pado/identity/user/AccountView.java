package io.pado.identity.user;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A user, as admins see one.
 *
 * @param id        number
 * @param email     in lower case; empty for whom another issuer knows
 * @param name      for people
 * @param roles     sorted
 * @param issuer    whose tokens the user brings; null for who logs in here
 * @param createdAt when
 * @param logins    that have not ended
 */
@JsonbNillable
@JsonbPropertyOrder({"id", "email", "name", "roles", "issuer", "createdAt", "logins"})
public record AccountView(long id, String email, String name, List<String> roles, String issuer, Instant createdAt, long logins) {

    /** @param row id, email, name, roles, milliseconds, issuer, logins */
    static AccountView of(Object[] row) {
        String email = row[1] == null ? "" : (String) row[1];
        return new AccountView(number(row[0]), email, (String) row[2], Stream.of(((String) row[3]).split(",")).sorted().toList(), (String) row[5],
                Instant.ofEpochMilli(number(row[4])), number(row[6]));
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}

package io.pado.identity.user;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/**
 * A user, as answers show it.
 *
 * @param id    number
 * @param email in lower case
 * @param name  for people
 * @param roles sorted
 */
@JsonbPropertyOrder({"id", "email", "name", "roles"})
public record UserView(long id, String email, String name, List<String> roles) {

    public static UserView of(User user) {
        return new UserView(user.id(), user.email(), user.name(), user.roles().stream().sorted().toList());
    }
}

package io.pado.identity.account;

import io.pado.identity.user.UserView;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * Answer of a login and of its renewal (spec 0-common).
 *
 * @param accessToken  goes with each request, {@code Authorization: Bearer}
 * @param tokenType    always {@code bearer}
 * @param expiresIn    seconds until the access token ends
 * @param refreshToken renews the login once; the renewal gives the next one, another one if its answer is lost and it is repeated
 * @param user         who logged in
 */
@JsonbPropertyOrder({"access_token", "token_type", "expires_in", "refresh_token", "user"})
public record LoginView(@JsonbProperty("access_token") String accessToken, @JsonbProperty("token_type") String tokenType,
        @JsonbProperty("expires_in") long expiresIn, @JsonbProperty("refresh_token") String refreshToken, UserView user) {
}

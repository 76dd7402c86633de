package io.pado.identity;

import io.pado.identity.account.TicketStore;
import io.pado.identity.token.TokenRefused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a request carries its token (spec 0-common), in this order: {@code Authorization: Bearer}, the WebSocket sub-protocol
 * {@code bearer.<token>}, the cookie that a login set, {@code ?ticket=}, {@code ?token=}. The last two are for what a browser opens
 * without headers, so they count for GET only.
 */
@ApplicationScoped
public class TokenSources {

    /** Name of the cookie. */
    public static final String COOKIE = "pado_token";
    private static final String SCHEME = "Bearer ";
    private static final String SUBPROTOCOL = "bearer.";

    @Inject
    private IdentityConfig config;
    @Inject
    private TicketStore tickets;

    Optional<String> header(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    /** A browser can set no other header of a WebSocket's handshake. */
    Optional<String> subprotocol(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream().flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip).filter(name -> name.startsWith(SUBPROTOCOL)).map(name -> name.substring(SUBPROTOCOL.length()))
                .findFirst();
    }

    Optional<String> cookie(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies()).flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(COOKIE)).map(Cookie::getValue)
                .filter(value -> !value.isEmpty()).findFirst();
    }

    /** Uses the ticket up. @throws TokenRefused if there is one and it does not count */
    Optional<String> ticket(HttpServletRequest request) {
        return parameter(request, "ticket").map(ticket -> tickets.redeem(ticket)
                .orElseThrow(() -> new TokenRefused("Invalid ticket: it was used, or is older than 30 seconds")));
    }

    Optional<String> query(HttpServletRequest request) {
        return config.tokenInQuery() ? parameter(request, "token") : Optional.empty();
    }

    private static Optional<String> parameter(HttpServletRequest request, String name) {
        return request.getMethod().equals("GET") ? Optional.ofNullable(request.getParameter(name)) : Optional.empty();
    }
}

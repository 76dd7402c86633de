package io.pado.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/** Where a request carries its token (spec 0-common): {@code Authorization: Bearer}, or {@code ?token=} for streams. */
@ApplicationScoped
public class TokenSources {

    private static final String SCHEME = "Bearer ";
    /** Who asks for a new token may hold an old one. */
    private static final Set<String> WITHOUT = Set.of("/api/auth/login/json", "/api/auth/register", "/api/auth/refresh");

    @Inject
    private IdentityConfig config;

    Optional<String> of(HttpServletRequest request) {
        if (WITHOUT.contains(request.getRequestURI())) {
            return Optional.empty();
        }
        return header(request).or(() -> query(request));
    }

    private static Optional<String> header(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    /** Only for what a browser opens without headers; the parameters of the query are read, never a body. */
    private Optional<String> query(HttpServletRequest request) {
        boolean stream = request.getMethod().equals("GET");
        return stream && config.tokenInQuery() ? Optional.ofNullable(request.getParameter("token")) : Optional.empty();
    }
}

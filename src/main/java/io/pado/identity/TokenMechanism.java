package io.pado.identity;

import io.pado.identity.outside.OutsideUsers;
import io.pado.identity.token.TokenRefused;
import io.pado.identity.token.Tokens;
import io.pado.identity.token.VerifiedToken;
import io.pado.platform.http.QuerySyntax;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.proxy.Origins;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one way in (Jakarta Security): finds the request's token, has it verified, and makes its bearer the caller, as
 * {@code JsonWebToken} and with its roles for {@code @RolesAllowed}. A request without a token goes on as nobody; one with a token
 * that does not count is refused, whatever it asks for. Only a cookie that has ended counts as none: nobody can help sending it.
 */
@ApplicationScoped
public class TokenMechanism implements HttpAuthenticationMechanism {

    private static final Logger LOG = Logger.getLogger(TokenMechanism.class.getName());
    /**
     * Where the container is told by what scheme a caller was known (Jakarta Authentication, 3.8.4). Otherwise it takes BASIC for it, and looks for a name
     * in each {@code Authorization: Basic}, which fails where there is none (seen on Liberty 26.0.0.5).
     */
    private static final String AUTH_TYPE = "jakarta.servlet.http.authType";
    /** Who asks for a new token may hold an old one. */
    private static final Set<String> WITHOUT = Set.of("/api/auth/login/json", "/api/auth/register", "/api/auth/refresh");

    @Inject
    private TokenSources sources;
    @Inject
    private Tokens tokens;
    @Inject
    private OutsideUsers outside;
    @Inject
    private EndedSessions ended;
    @Inject
    private ChangedRoles changed;
    @Inject
    private Origins origins;

    @Override
    public AuthenticationStatus validateRequest(HttpServletRequest request, HttpServletResponse response,
            HttpMessageContext context) {
        context.getMessageInfo().getMap().put(AUTH_TYPE, "Bearer");
        if (!QuerySyntax.isRight(request)) {
            return context.doNothing();
        }
        try {
            Optional<VerifiedToken> token = WITHOUT.contains(request.getRequestURI()) ? Optional.empty() : token(request);
            if (token.isEmpty()) {
                return context.doNothing();
            }
            Callers.set(request, token.get());
            return context.notifyContainerAboutLogin(token.get(), token.get().getGroups());
        } catch (TokenRefused refused) {
            RefusedTokens.note(request, ProblemException.unauthorized(refused.getMessage()));
        } catch (ProblemException problem) {
            RefusedTokens.note(request, problem);
        } catch (IllegalArgumentException | IllegalStateException malformed) {
            // What the container says of an address that it cannot decode.
            LOG.log(Level.FINE, "The parameters of a request cannot be read", malformed);
            RefusedTokens.note(request, ProblemException.badRequest("bad-request",
                    "The address cannot be read: each % must be followed by two hexadecimal digits, and all together must be UTF-8."));
        } catch (RuntimeException strange) {
            LOG.log(Level.WARNING, "A token is refused because it could not be understood: {0}", strange.toString());
            RefusedTokens.note(request, ProblemException.unauthorized("Invalid token"));
        }
        return context.doNothing();
    }

    private Optional<VerifiedToken> token(HttpServletRequest request) {
        Optional<VerifiedToken> sent = sources.header(request).or(() -> sources.subprotocol(request)).map(this::verified)
                .or(() -> cookie(request));
        Optional<VerifiedToken> ticket = sources.ticket(request).map(this::verified);
        if (sent.isPresent() && ticket.isPresent() && !sent.get().caller().userId().equals(ticket.get().caller().userId())) {
            throw new TokenRefused("Invalid ticket: it was given to another user");
        }
        return sent.or(() -> ticket).or(() -> sources.query(request).map(this::verified));
    }

    /** A browser sends it along with whatever any page asks for, so it counts only for pages that may ask. Who follows a link of another site is nobody. */
    private Optional<VerifiedToken> cookie(HttpServletRequest request) {
        Optional<VerifiedToken> token = sources.cookie(request).flatMap(this::valid);
        if (token.isPresent() && origins.foreign(request)) {
            if (Origins.isVisit(request)) {
                return Optional.empty();
            }
            throw ProblemException.forbidden(origins.refusal(request, "use your login"));
        }
        return token;
    }

    private Optional<VerifiedToken> valid(String text) {
        try {
            return Optional.of(verified(text));
        } catch (TokenRefused over) {
            return Optional.empty();
        }
    }

    private VerifiedToken verified(String text) {
        VerifiedToken sent = tokens.verify(text);
        VerifiedToken token = sent.hasUser() ? sent : outside.known(sent);
        if (ended.contains(token.session())) {
            throw new TokenRefused("Invalid token: its login has ended");
        }
        return token.with(changed.current(token.caller()).roles());
    }
}

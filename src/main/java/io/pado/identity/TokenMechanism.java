package io.pado.identity;

import io.pado.identity.account.EndedSessions;
import io.pado.identity.token.TokenRefused;
import io.pado.identity.token.Tokens;
import io.pado.identity.token.VerifiedToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * The one way in (Jakarta Security): finds the request's token, has it verified, and makes its bearer the caller, as
 * {@code JsonWebToken} and with its roles for {@code @RolesAllowed}. A request without a token goes on as nobody; one with a token
 * that does not count is refused, whatever it asks for.
 */
@ApplicationScoped
public class TokenMechanism implements HttpAuthenticationMechanism {

    @Inject
    private TokenSources sources;
    @Inject
    private Tokens tokens;
    @Inject
    private EndedSessions ended;

    @Override
    public AuthenticationStatus validateRequest(HttpServletRequest request, HttpServletResponse response,
            HttpMessageContext context) {
        try {
            Optional<VerifiedToken> token = sources.of(request).map(this::verified);
            if (token.isEmpty()) {
                return context.doNothing();
            }
            Callers.set(request, token.get().caller());
            return context.notifyContainerAboutLogin(token.get(), token.get().getGroups());
        } catch (TokenRefused refused) {
            RefusedTokens.note(request, refused);
            return context.doNothing();
        }
    }

    private VerifiedToken verified(String text) {
        VerifiedToken token = tokens.verify(text);
        if (ended.contains(token.session())) {
            throw new TokenRefused("Invalid token: its login has ended");
        }
        return token;
    }
}

package io.pado.identity;

import io.pado.identity.token.VerifiedToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Tells who is calling in the current request, as {@link TokenMechanism} found out. */
@ApplicationScoped
public class Callers {

    private static final String ATTRIBUTE = VerifiedToken.class.getName();

    @Inject
    private HttpServletRequest request;

    /** @return the current request's caller */
    public Caller current() {
        return token().map(VerifiedToken::caller).orElse(Caller.ANONYMOUS);
    }

    /** @return the current request's token, if it has one */
    public Optional<VerifiedToken> token() {
        return Optional.ofNullable((VerifiedToken) request.getAttribute(ATTRIBUTE));
    }

    static void set(HttpServletRequest request, VerifiedToken token) {
        request.setAttribute(ATTRIBUTE, token);
    }
}

package io.pado.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/** Tells who is calling in the current request, as {@link TokenMechanism} found out. */
@ApplicationScoped
public class Callers {

    private static final String ATTRIBUTE = Caller.class.getName();

    @Inject
    private HttpServletRequest request;

    /** @return the current request's caller */
    public Caller current() {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : Caller.ANONYMOUS;
    }

    static void set(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }
}

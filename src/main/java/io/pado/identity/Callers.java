package io.pado.identity;

import jakarta.enterprise.context.ApplicationScoped;

/** Tells who is calling in the current request. Tokens are not read yet, so everybody is anonymous and no role is given. */
@ApplicationScoped
public class Callers {

    /** @return the current request's caller */
    public Caller current() {
        return Caller.ANONYMOUS;
    }
}

package io.pado.identity.token;

/** A token that does not count; its message says no more than the bearer may know. */
public class TokenRefused extends RuntimeException {

    /** @param message for the bearer */
    public TokenRefused(String message) {
        super(message, null, false, false);
    }
}

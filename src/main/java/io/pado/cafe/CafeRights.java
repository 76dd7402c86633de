package io.pado.cafe;

import io.pado.identity.Caller;
import io.pado.identity.Roles;
import io.pado.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Who is who in the café: staff (barista, admin), the kiosk, and guests. Whoever has none of these roles is a guest, with a token or
 * without; where {@code pado.cafe.open} is set, guests hear what staff hear, and order as the kiosk does.
 */
@ApplicationScoped
public class CafeRights {

    @Inject
    private CafeConfig config;

    /** @return whether the caller works here */
    public boolean isStaff(Caller caller) {
        return caller.is(Roles.BARISTA) || caller.is(Roles.ADMIN);
    }

    /** @return whether the caller hears of everything */
    public boolean hearsAll(Caller caller) {
        return isStaff(caller) || config.open() && !caller.is(Roles.KIOSK);
    }

    /** @throws ProblemException 401 or 403 unless the caller may take orders: the kiosk, staff, and guests where it is open */
    public void requireCounter(Caller caller) {
        if (!isStaff(caller) && !caller.is(Roles.KIOSK) && !config.open()) {
            throw refused(caller, "Orders are taken by the kiosk and by staff.");
        }
    }

    /** @throws ProblemException 401 or 403 */
    public void requireStaff(Caller caller) {
        if (!isStaff(caller)) {
            throw refused(caller, "This is for baristas and admins.");
        }
    }

    private static ProblemException refused(Caller caller, String words) {
        return caller.userId().isEmpty() ? ProblemException.unauthorized(words + " Log in, and send the token as Authorization: Bearer.")
                : ProblemException.forbidden(words);
    }
}

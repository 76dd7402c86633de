package io.pado.booking;

import java.util.Locale;

/** What somebody is to a booking. */
enum Party {

    /** Who booked. */
    CUSTOMER,
    /** Whose time it is. */
    PARTNER,
    /** Somebody who looks after payments, and is neither of the two. */
    ADMIN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

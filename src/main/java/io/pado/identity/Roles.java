package io.pado.identity;

import java.util.Set;

/** What callers may be (spec 0-common). */
public final class Roles {

    /** May do everything, and gives and takes rights. */
    public static final String ADMIN = "admin";
    /** Works on orders. */
    public static final String BARISTA = "barista";
    /** Takes orders. */
    public static final String KIOSK = "kiosk";
    /** Receives bookings. */
    public static final String PARTNER = "partner";
    /** Books. */
    public static final String CUSTOMER = "customer";
    /** A back end that publishes events. */
    public static final String PUBLISHER = "publisher";
    /** Everybody who has logged in. */
    public static final String USER = "user";

    /** All of them. */
    public static final Set<String> ALL = Set.of(ADMIN, BARISTA, KIOSK, PARTNER, CUSTOMER, PUBLISHER, USER);

    private Roles() {
    }
}

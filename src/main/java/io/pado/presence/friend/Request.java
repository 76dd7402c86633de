package io.pado.presence.friend;

import java.time.Instant;

/**
 * A request as it is stored.
 *
 * @param id        its number
 * @param sender    who asked
 * @param receiver  who was asked
 * @param status    of the three below
 * @param createdAt when
 */
record Request(long id, long sender, long receiver, String status, Instant createdAt) {

    static final String OPEN = "open";
    static final String ACCEPTED = "accepted";
    static final String DECLINED = "declined";

    boolean isOpen() {
        return status.equals(OPEN);
    }

    long otherThan(long userId) {
        return userId == sender ? receiver : sender;
    }

    Request with(String newStatus) {
        return new Request(id, sender, receiver, newStatus, createdAt);
    }
}

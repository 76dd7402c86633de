package io.pado.presence;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * What a friend is told of a user.
 *
 * @param userId       whom it is about
 * @param isOnline     whether they are online, and do not hide
 * @param lastActivity when they were active last, UTC; null if that is not known
 * @param lastSeen     when they were online last before now, UTC; null if they never were
 * @param version      grows with each change of this user; of two states the one with the higher version is the newer. 0 if nothing has changed lately
 */
@JsonbPropertyOrder({"userId", "isOnline", "lastActivity", "lastSeen", "version"})
public record StatusView(@JsonbProperty("user_id") long userId, @JsonbProperty("is_online") boolean isOnline,
        @JsonbProperty(value = "last_activity", nillable = true) Instant lastActivity,
        @JsonbProperty(value = "last_seen", nillable = true) Instant lastSeen, long version) {

    /** Of whom nothing is known. */
    static StatusView offline(long userId, Instant lastSeen) {
        return new StatusView(userId, false, null, lastSeen, 0);
    }
}

package io.pado.platform.redis;

import java.util.Optional;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Redis has answered, and refused: it is full, a replica, loading, without enough replicas, or does not let this user do that. Nothing was
 * done then, unlike when the connection broke.
 *
 * @param cause what Redis said
 */
public record Refusal(String cause) {

    /** @return nothing if the failure is no answer of Redis */
    public static Optional<Refusal> of(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof JedisDataException answer) {
                return Optional.of(new Refusal(String.valueOf(answer.getMessage())));
            }
        }
        return Optional.empty();
    }

    /** @return whether a key holds something else than is asked for, by a foreign hand */
    public boolean isOfAKey() {
        return cause.contains("WRONGTYPE");
    }

    /** @return whether the user may not do that; of what a script does, Redis says it in other words */
    public boolean isOfRights() {
        return cause.contains("NOPERM") || cause.contains("The user executing the script can't");
    }

    /** @return whether asking again is in vain, until somebody mends a key or the rights of the user */
    public boolean isLasting() {
        return isOfAKey() || isOfRights();
    }

    /** @return whether the server takes no writes because another one is the primary */
    public boolean isOfAReplica() {
        return cause.contains("READONLY") || cause.contains("MASTERDOWN");
    }
}

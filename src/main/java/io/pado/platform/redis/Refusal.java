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

    /** @return whether the server takes no writes because another one is the primary */
    public boolean isOfAReplica() {
        return cause.contains("READONLY") || cause.contains("MASTERDOWN");
    }
}

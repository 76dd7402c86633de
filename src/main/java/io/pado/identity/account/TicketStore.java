package io.pado.identity.account;

import io.pado.platform.problem.ProblemException;
import io.pado.platform.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * One-use tickets in Redis, so that any node takes one that another gave. A ticket stands for the token it was given for; only its
 * hash is stored, and it is gone with its first use or after {@value #SECONDS} s.
 */
@ApplicationScoped
public class TicketStore {

    /** How long a ticket can be used. */
    static final int SECONDS = 30;
    private static final String KEY = "pado:ticket:";

    @Inject
    private Redis redis;

    /**
     * @return a new ticket, 43 characters
     * @throws ProblemException 503 if Redis does not answer
     */
    String give(String token) {
        String ticket = Secrets.random();
        try {
            redis.commands().set(KEY + Secrets.hash(ticket), token, new SetParams().ex(SECONDS));
        } catch (JedisException away) {
            throw unavailable();
        }
        return ticket;
    }

    /**
     * @return the token that the ticket stands for; empty if it was used, is too old, or never was
     * @throws ProblemException 503 if Redis does not answer
     */
    public Optional<String> redeem(String ticket) {
        try {
            return Optional.ofNullable(redis.commands().getDel(KEY + Secrets.hash(ticket)));
        } catch (JedisException away) {
            throw unavailable();
        }
    }

    private static ProblemException unavailable() {
        return ProblemException.unavailable("Tickets cannot be given or taken right now; try again in a few seconds.");
    }
}

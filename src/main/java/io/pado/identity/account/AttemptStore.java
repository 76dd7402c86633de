package io.pado.identity.account;

import io.pado.platform.problem.ProblemException;
import io.pado.platform.redis.Redis;
import io.pado.platform.redis.Script;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Slows down who guesses passwords or makes users in bulk, over all nodes. Each attempt counts for its account and for its address;
 * the first ones are free, then each makes the next one wait twice as long, {@value #MAX_WAIT_SECONDS} s at most. A login that
 * succeeds takes its attempt back, and so does one whose password could not be checked. While Redis is away, or refuses, each
 * node counts for itself.
 */
@ApplicationScoped
class AttemptStore {

    private static final Logger LOG = Logger.getLogger(AttemptStore.class.getName());
    private static final int FORGOTTEN_SECONDS = 900;
    private static final int MAX_WAIT_SECONDS = 60;
    private static final int FREE_OF_ACCOUNT = 5;
    private static final int FREE_OF_ADDRESS = 30;
    private static final String ACCOUNT = "pado:attempts:account:";
    private static final String ADDRESS = "pado:attempts:address:";
    private static final String NEWCOMERS = "pado:attempts:register:";

    private final Script attempt = new Script("values.lua", "attempt.lua");
    private final Script takeBack = new Script("values.lua", "takeback.lua");

    private final LocalAttempts own = new LocalAttempts(FORGOTTEN_SECONDS, MAX_WAIT_SECONDS);

    @Inject
    private Redis redis;

    /** @throws ProblemException 429 if this account or address must wait */
    void login(String email, String address) {
        count(List.of(ACCOUNT + Secrets.hash(email), ADDRESS + address), FREE_OF_ACCOUNT, FREE_OF_ADDRESS);
    }

    /** The password was right. */
    void succeeded(String email, String address) {
        own.forget(ACCOUNT + Secrets.hash(email));
        try {
            redis.commands().del(ACCOUNT + Secrets.hash(email));
        } catch (JedisException away) {
            LOG.log(Level.FINE, "The attempts of an account were not forgotten; they are in a while", away);
        }
        takeBack(List.of(ADDRESS + address));
    }

    /** The password was not looked at. */
    void loginNotTried(String email, String address) {
        takeBack(List.of(ACCOUNT + Secrets.hash(email), ADDRESS + address));
    }

    /** @throws ProblemException 429 if this address must wait */
    void register(String address) {
        count(List.of(NEWCOMERS + address), FREE_OF_ADDRESS);
    }

    /** No user was made, and the fault was not the client's. */
    void registerNotTried(String address) {
        takeBack(List.of(NEWCOMERS + address));
    }

    private void takeBack(List<String> keys) {
        own.takeBack(keys);
        try {
            takeBack.run(redis.commands(), keys, List.of());
        } catch (JedisException away) {
            LOG.log(Level.FINE, "An attempt was not taken back; it is forgotten in a while", away);
        }
    }

    private void count(List<String> keys, int... free) {
        String[] arguments = new String[free.length + 2];
        arguments[0] = Integer.toString(FORGOTTEN_SECONDS);
        arguments[1] = Integer.toString(MAX_WAIT_SECONDS);
        for (int i = 0; i < free.length; i++) {
            arguments[i + 2] = Integer.toString(free[i]);
        }
        long wait;
        try {
            wait = (Long) attempt.run(redis.commands(), keys, List.of(arguments));
        } catch (JedisException away) {
            LOG.log(Level.FINE, "An attempt was counted on this node only", away);
            wait = own.count(keys, free);
        }
        if (wait > 0) {
            throw ProblemException.tooMany("Too many attempts; wait, and try again then.", TimeUnit.MILLISECONDS.toSeconds(wait) + 1);
        }
    }
}

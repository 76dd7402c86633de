package io.pado.realtime.topic;

import io.pado.platform.redis.Redis;
import io.pado.platform.redis.Refusal;
import io.pado.realtime.log.LogRefused;
import io.pado.realtime.log.LogUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/** Which content each idempotency key was first used for, for 24 h; only its hash is kept. */
@ApplicationScoped
public class OnceStore {

    private static final String KEY = "pado:claim:";
    private static final long SECONDS = Duration.ofHours(24).toSeconds();

    @Inject
    private Redis redis;

    /**
     * An idempotency key in use.
     *
     * @param name whose it is, and the key
     * @param hash of what it is used for
     */
    record Claim(String name, String hash) {
    }

    /**
     * Claims keys, in one round trip, in their order.
     *
     * @return for each whether the name is new, or was used for the same content before
     * @throws LogUnavailable if Redis does not answer, or refuses
     */
    List<Boolean> claim(List<Claim> claims) {
        try (AbstractPipeline together = redis.commands().pipelined()) {
            List<Response<String>> set = new ArrayList<>();
            List<Response<String>> holders = new ArrayList<>();
            for (Claim claim : claims) {
                set.add(together.set(KEY + claim.name(), claim.hash(), new SetParams().nx().ex(SECONDS)));
                holders.add(together.get(KEY + claim.name()));
            }
            together.sync();
            return IntStream.range(0, claims.size())
                    .mapToObj(i -> set.get(i).get() != null || isHeldFor(claims.get(i), holders.get(i))).toList();
        } catch (JedisException away) {
            throw Refusal.of(away).isPresent() ? new LogRefused(away) : new LogUnavailable(away);
        }
    }

    /** A key that a foreign hand has made something else of counts as lost, and holds up no others: the log itself knows the same event again. */
    private static boolean isHeldFor(Claim claim, Response<String> holder) {
        try {
            return claim.hash().equals(holder.get());
        } catch (JedisDataException refused) {
            if (Refusal.of(refused).filter(Refusal::isOfAKey).isEmpty()) {
                throw refused;
            }
            return true;
        }
    }

    /** @return the same for the same content, and for no other */
    static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, digest).toString(Character.MAX_RADIX);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

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
     * @return whether the name is new, or was used for the same content before
     * @throws LogUnavailable if Redis does not answer, or refuses
     */
    boolean claim(String name, String content) {
        String hash = hash(content);
        try {
            boolean first = redis.commands().set(KEY + name, hash, new SetParams().nx().ex(SECONDS)) != null;
            return first || hash.equals(redis.commands().get(KEY + name));
        } catch (JedisException away) {
            throw Refusal.of(away).isPresent() ? new LogRefused(away) : new LogUnavailable(away);
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

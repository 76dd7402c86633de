package io.pado.platform.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A Lua script of this WAR, run by its hash and sent in full only to a Redis that does not know it yet. Thread-safe. */
public final class Script {

    private final String text;
    private volatile String hash = "";

    /** @param names resources below {@code /lua}; what several scripts share stands first */
    public Script(String... names) {
        text = Arrays.stream(names).map(Script::read).collect(Collectors.joining("\n"));
    }

    private static String read(String name) {
        try (InputStream resource = Script.class.getResourceAsStream("/lua/" + name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** @throws redis.clients.jedis.exceptions.JedisException if Redis does not answer, or refuses */
    public Object run(UnifiedJedis redis, List<String> keys, List<String> arguments) {
        String known = hash;
        if (!known.isEmpty()) {
            try {
                return redis.evalsha(known, keys, arguments);
            } catch (JedisNoScriptException forgotten) {
                // Sent anew below.
            }
        }
        String sent = redis.scriptLoad(text);
        hash = sent;
        return redis.evalsha(sent, keys, arguments);
    }
}

package io.pado.platform.redis;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where Redis is; the settings' meaning and defaults stand in {@code META-INF/microprofile-config.properties}. */
@ApplicationScoped
public class RedisConfig {

    @Inject
    @ConfigProperty(name = "pado.redis.url")
    String url;

    @Inject
    @ConfigProperty(name = "pado.redis.timeout")
    int timeout;

    /** @throws IllegalArgumentException if the setting has a wrong form */
    RedisAddress address() {
        return RedisAddress.parse(url);
    }

    /** @return how long to wait for a connection or an answer, milliseconds */
    public int timeoutMillis() {
        return timeout;
    }
}

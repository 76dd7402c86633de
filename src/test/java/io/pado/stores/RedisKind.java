package io.pado.stores;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Redis, the store of the event log and of everything short-lived. */
final class RedisKind implements StoreKind {

    static final String URL = "pado.redis.url";
    static final String PORT = "pado.redis.port";

    private static final int DEFAULT_PORT = 16_379;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int USUAL_PORT = 6_379;

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public String urlSetting() {
        return URL;
    }

    @Override
    public Store start(Settings settings, DataDirectory data) {
        return RedisStore.start(this, Ports.forStore(settings, PORT, DEFAULT_PORT, this), data);
    }

    @Override
    public Store join(Settings settings) {
        URI url = parse(settings.get(URL, url(settings.port(PORT, DEFAULT_PORT))));
        String address = url.getHost() + ":" + (url.getPort() < 0 ? USUAL_PORT : url.getPort());
        try (Jedis redis = new Jedis(url, PATIENCE_MILLIS)) {
            redis.ping();
        } catch (JedisException silent) {
            throw noAnswer(settings, address, reason(silent), silent);
        }
        return new OutsideStore(name(), address, Map.of(URL, url.toString()));
    }

    static String url(int port) {
        return "redis://127.0.0.1:" + port;
    }

    private static URI parse(String given) {
        try {
            URI url = new URI(given);
            if (url.getHost() != null && ("redis".equals(url.getScheme()) || "rediss".equals(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException notAUrl) {
            // Its message would repeat the URL, and with it a password in it.
            throw notLikeThat();
        }
        throw notLikeThat();
    }

    private static StoreFailure notLikeThat() {
        return new StoreFailure("The setting %s (%s) must look like redis://host:6379.".formatted(URL, Settings.environmentName(URL)));
    }

    private static String reason(JedisException failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}

package io.pado.platform.redis;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import redis.clients.jedis.HostAndPort;

/**
 * Where Redis is: one server, or Sentinels that know which server is the primary now.
 *
 * @param hosts    the server, or the Sentinels
 * @param master   name under which the Sentinels know the primary; empty for one server
 * @param user     empty for none
 * @param password empty for none
 */
record RedisAddress(Set<HostAndPort> hosts, String master, String user, String password, int database, boolean tls) {

    private static final String SENTINEL = "redis-sentinel";
    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final String FORM = "pado.redis.url must be redis[s]://[user:password@]host[:port][/database] or"
            + " redis-sentinel://[user:password@]host[:port],…[/database]#master, but is not";

    /** @throws IllegalArgumentException if the address has another form; its password is not repeated */
    static RedisAddress parse(String text) {
        URI uri = uri(text);
        boolean sentinel = SENTINEL.equals(uri.getScheme());
        boolean tls = "rediss".equals(uri.getScheme());
        String authority = uri.getRawAuthority();
        if (authority == null || !sentinel && !tls && !"redis".equals(uri.getScheme())
                || sentinel == (uri.getFragment() == null || uri.getFragment().isEmpty())) {
            throw new IllegalArgumentException(FORM);
        }
        int at = authority.lastIndexOf('@');
        String[] login = (at < 0 ? ":" : URI.create("x://" + authority.substring(0, at) + "@x").getUserInfo()).split(":", 2);
        Set<HostAndPort> hosts = new LinkedHashSet<>();
        Arrays.stream(authority.substring(at + 1).split(",")).map(host -> host(host, sentinel ? SENTINEL_PORT : PORT)).forEach(hosts::add);
        return new RedisAddress(hosts, sentinel ? uri.getFragment() : "", login.length == 2 ? login[0] : "",
                login[login.length - 1], database(uri.getPath()), tls);
    }

    boolean hasSentinels() {
        return !master.isEmpty();
    }

    private static URI uri(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(FORM, null);
        }
    }

    private static HostAndPort host(String text, int otherwise) {
        URI uri = uri("x://" + text.strip());
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(FORM);
        }
        return new HostAndPort(uri.getHost(), uri.getPort() < 0 ? otherwise : uri.getPort());
    }

    private static int database(String path) {
        String number = path == null ? "" : path.replaceFirst("^/", "");
        if (!number.matches("\\d{0,4}")) {
            throw new IllegalArgumentException(FORM);
        }
        return number.isEmpty() ? 0 : Integer.parseInt(number);
    }

    /** The password must not reach a log. */
    @Override
    public String toString() {
        return hosts + (hasSentinels() ? " for " + master : "");
    }
}

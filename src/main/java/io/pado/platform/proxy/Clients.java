package io.pado.platform.proxy;

import io.pado.platform.PlatformConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The one place that knows whose request it is. It goes from the connection's other end back along what proxies added to the header of
 * {@code pado.http.proxies.header}, from its right, as long as the address before is one of {@code pado.http.proxies}. What stands left of
 * the first other address may have been sent by anybody, and is never looked at; nor is the header that these proxies do not set.
 * An entry that is no address ({@code unknown}, {@code _hidden}) ends the walk: then the proxy that wrote it stands for its clients.
 */
@ApplicationScoped
public class Clients {

    private static final String FORWARDED = "forwarded";
    private static final String X_FORWARDED_FOR = "x-forwarded-for";
    /** One that may say more than the scheme does: many proxies name the default port of the wrong one of the two. */
    private static final Pattern PORT = Pattern.compile("(?!(80|443)$)\\d{1,5}");
    private static final Pattern HAS_PORT = Pattern.compile(":\\d*$");

    private final TrustedProxies proxies;
    private final boolean standard;

    /** @param entry the last one that was looked at; empty if there was none */
    private record Walk(String address, int steps, String entry) {
    }

    @Inject
    Clients(PlatformConfig config) {
        this(config.proxies(), config.proxiesHeader());
    }

    Clients(String proxies, String header) {
        this.proxies = new TrustedProxies(proxies);
        this.standard = header.strip().equalsIgnoreCase(FORWARDED);
        if (!standard && !header.strip().equalsIgnoreCase(X_FORWARDED_FOR)) {
            throw new IllegalStateException("pado.http.proxies.header must be " + X_FORWARDED_FOR + " or " + FORWARDED + ", not '" + header + "'");
        }
    }

    /** For the container's proxy only. */
    protected Clients() {
        this("", X_FORWARDED_FOR);
    }

    /** So that wrong settings end the start. */
    void start(@Observes Startup startup) {
        proxies.any();
    }

    /** @return the request's client */
    public Client of(HttpServletRequest request) {
        String host = Optional.ofNullable(request.getHeader("Host")).orElse("");
        return of(request.getRemoteAddr(), request.getScheme(), host, name -> Collections.list(request.getHeaders(name)));
    }

    Client of(String peer, String scheme, String host, Function<String, List<String>> headers) {
        Client direct = new Client(peer, scheme, host, "", scheme.equals("https"));
        Optional<InetAddress> address = proxies.any() ? IpAddress.parse(peer) : Optional.empty();
        if (address.filter(proxies::contain).isEmpty()) {
            return direct;
        }
        return standard ? byForwarded(direct, headers.apply("Forwarded")) : byXForwarded(direct, headers);
    }

    private Client byForwarded(Client direct, List<String> lines) {
        Walk walk = walk(direct.address(), lines, element -> ForwardedList.parameter(element, "for"));
        return told(direct, walk, ForwardedList.parameter(walk.entry, "proto"), ForwardedList.parameter(walk.entry, "host"), "");
    }

    private Client byXForwarded(Client direct, Function<String, List<String>> headers) {
        Walk walk = walk(direct.address(), headers.apply("X-Forwarded-For"), ForwardedList::unquoted);
        return told(direct, walk, at(walk, headers.apply("X-Forwarded-Proto")), at(walk, headers.apply("X-Forwarded-Host")),
                at(walk, headers.apply("X-Forwarded-Port")));
    }

    /** @param node the address that an entry of the header names */
    private Walk walk(String peer, List<String> lines, UnaryOperator<String> node) {
        Walk walk = new Walk(peer, 0, "");
        Iterator<String> entries = ForwardedList.fromTheRight(lines);
        boolean believed = true;
        while (believed && entries.hasNext()) {
            String entry = entries.next();
            Optional<InetAddress> next = IpAddress.ofNode(node.apply(entry));
            walk = new Walk(next.map(InetAddress::getHostAddress).orElse(walk.address), walk.steps + 1, entry);
            believed = next.filter(proxies::contain).isPresent();
        }
        return walk;
    }

    /** What the same proxy said in a list beside; many proxies replace that one, so that it is shorter. */
    private static String at(Walk walk, List<String> lines) {
        Iterator<String> values = ForwardedList.fromTheRight(lines);
        String value = values.hasNext() ? values.next() : "";
        for (int step = 1; step < walk.steps && values.hasNext(); step++) {
            value = values.next();
        }
        return value;
    }

    private static Client told(Client direct, Walk walk, String proto, String host, String port) {
        String scheme = switch (proto.toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> "https";
            case "http", "ws" -> "http";
            default -> "";
        };
        String asked = host.isEmpty() ? direct.host() : host;
        boolean more = PORT.matcher(port).matches() && !HAS_PORT.matcher(asked).find() && !asked.isEmpty();
        return new Client(walk.address, scheme.isEmpty() ? direct.scheme() : scheme, asked, more ? port : "",
                direct.certain() || !scheme.isEmpty());
    }
}

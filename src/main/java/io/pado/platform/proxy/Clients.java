package io.pado.platform.proxy;

import io.pado.platform.PlatformConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

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

    private final TrustedProxies proxies;
    private final boolean standard;

    private record Walk(String address, int steps) {
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
        Client direct = new Client(peer, scheme, host, scheme.equals("https"));
        Optional<InetAddress> address = proxies.any() ? IpAddress.parse(peer) : Optional.empty();
        if (address.filter(proxies::contain).isEmpty()) {
            return direct;
        }
        return standard ? byForwarded(direct, headers.apply("Forwarded")) : byXForwarded(direct, headers);
    }

    private Client byForwarded(Client direct, List<String> lines) {
        List<String> elements = ForwardedList.fromTheRight(lines);
        Walk walk = walk(direct.address(), elements.stream().map(element -> ForwardedList.parameter(element, "for")).toList());
        String element = walk.steps == 0 ? "" : elements.get(walk.steps - 1);
        return told(direct, walk, ForwardedList.parameter(element, "proto"), ForwardedList.parameter(element, "host"));
    }

    private Client byXForwarded(Client direct, Function<String, List<String>> headers) {
        Walk walk = walk(direct.address(), ForwardedList.fromTheRight(headers.apply("X-Forwarded-For")).stream()
                .map(ForwardedList::unquoted).toList());
        return told(direct, walk, at(walk, headers.apply("X-Forwarded-Proto")), at(walk, headers.apply("X-Forwarded-Host")));
    }

    private Walk walk(String peer, List<String> nodes) {
        String address = peer;
        for (int i = 0; i < nodes.size(); i++) {
            Optional<InetAddress> next = IpAddress.ofNode(nodes.get(i));
            if (next.isEmpty()) {
                return new Walk(address, i + 1);
            }
            address = next.get().getHostAddress();
            if (!proxies.contain(next.get())) {
                return new Walk(address, i + 1);
            }
        }
        return new Walk(address, nodes.size());
    }

    /** What the same proxy said in a list beside; many proxies replace that one, so that it is shorter. */
    private static String at(Walk walk, List<String> lines) {
        List<String> values = ForwardedList.fromTheRight(lines);
        return values.isEmpty() ? "" : values.get(Math.max(0, Math.min(walk.steps, values.size()) - 1));
    }

    private static Client told(Client direct, Walk walk, String proto, String host) {
        String scheme = switch (proto.toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> "https";
            case "http", "ws" -> "http";
            default -> "";
        };
        return new Client(walk.address, scheme.isEmpty() ? direct.scheme() : scheme, host.isEmpty() ? direct.host() : host,
                direct.certain() || !scheme.isEmpty());
    }
}

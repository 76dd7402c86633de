package io.pado.platform.proxy;

import io.pado.platform.PlatformConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which web pages may use this server from a browser (RFC 6454): those that it served itself, and those of
 * {@code pado.http.origins}, where {@code http://localhost:*} stands for any port. Some paths are open to all pages, without cookies.
 */
@ApplicationScoped
public class Origins {

    private static final String ANY_PORT = ":*";
    private static final Set<String> VISITS = Set.of("GET", "HEAD");

    private final List<Allowed> allowed;
    private final List<Pattern> open;
    private final Clients clients;

    private record Allowed(Origin origin, boolean anyPort) {

        static Allowed of(String text) {
            boolean anyPort = text.endsWith(ANY_PORT);
            String bare = anyPort ? text.substring(0, text.length() - ANY_PORT.length()) : text.replaceFirst("/$", "");
            return new Allowed(Origin.parse(bare).orElseThrow(() -> new IllegalStateException(
                    "pado.http.origins: '" + text + "' is no origin; write it as https://shop.example or http://localhost:*")), anyPort);
        }

        boolean covers(Origin other) {
            return origin.scheme().equals(other.scheme()) && origin.host().equals(other.host())
                    && (anyPort || origin.port() == other.port());
        }
    }

    @Inject
    Origins(PlatformConfig config, Clients clients) {
        this(config.origins(), config.openPaths(), clients);
    }

    Origins(String list, String openPaths, Clients clients) {
        this.allowed = words(list).map(Allowed::of).toList();
        this.open = words(openPaths).map(path -> Pattern.compile(Pattern.quote(path).replace("*", "\\E[^/]+\\Q"))).toList();
        this.clients = clients;
    }

    /** For the container's proxy only. */
    protected Origins() {
        this("", "", null);
    }

    private static Stream<String> words(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).filter(word -> !word.isEmpty());
    }

    /** So that a wrong setting ends the start. */
    void start(@Observes Startup startup) {
        allowed.size();
    }

    /** @return whether pages of another server, and of this origin, may use this one */
    public boolean allows(String origin) {
        return Origin.parse(origin).filter(other -> allowed.stream().anyMatch(each -> each.covers(other))).isPresent();
    }

    /** @return whether pages of every origin may use this path, as long as they send no cookie */
    public boolean opens(String path) {
        return open.stream().anyMatch(each -> each.matcher(path).matches());
    }

    /** @return whether the request comes from a page that may not use this server; a program that is no browser sends no origin */
    public boolean foreign(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        }
        return !sameServer(origin, clients.of(request)) && !allows(origin);
    }

    /** @return whether a browser goes to this address because of a link, say: what comes back is shown, and no page of another site can read it */
    public static boolean isVisit(HttpServletRequest request) {
        return VISITS.contains(request.getMethod()) && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    }

    /** @return in words, both origins that were compared: {@code Pages of https://a.example may not do this at https://b.example; ...} */
    public String refusal(HttpServletRequest request, String deed) {
        Client client = clients.of(request);
        String port = client.port().isEmpty() ? "" : " (or its port " + client.port() + ')';
        return "Pages of " + Optional.ofNullable(request.getHeader("Origin")).orElse("another site") + " may not " + deed + " at "
                + client.scheme() + "://" + client.host() + port + "; pado.http.origins lists the origins that may.";
    }

    /**
     * A proxy that nobody told us of may have ended TLS: where the scheme is not certain, it is the page's. The port that a proxy tells is the
     * page's or its own one, to which another is mapped: a container's.
     */
    static boolean sameServer(String origin, Client client) {
        Optional<Origin> page = Origin.parse(origin);
        if (page.isEmpty()) {
            return false;
        }
        String asked = (client.certain() ? client.scheme() : page.get().scheme()) + "://" + client.host();
        return page.equals(Origin.parse(asked)) || !client.port().isEmpty() && page.equals(Origin.parse(asked + ':' + client.port()));
    }
}

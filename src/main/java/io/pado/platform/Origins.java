package io.pado.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which web pages may use this server from a browser (RFC 6454): those that it served itself, and those of
 * {@code pado.http.origins}, where {@code http://localhost:*} stands for any port.
 */
@ApplicationScoped
public class Origins {

    private static final String ANY_PORT = ":*";

    private final List<String> allowed;

    @Inject
    Origins(PlatformConfig config) {
        this(config.origins());
    }

    Origins(String list) {
        this.allowed = Arrays.stream(list.split(",")).map(String::strip).filter(origin -> !origin.isEmpty()).toList();
    }

    /** For the container's proxy only. */
    protected Origins() {
        this("");
    }

    /** @return whether pages of another server, and of this origin, may use this one */
    public boolean allows(String origin) {
        return allowed.stream().anyMatch(each -> each.equals(origin) || each.endsWith(ANY_PORT)
                && origin.matches(Pattern.quote(each.substring(0, each.length() - ANY_PORT.length())) + "(:\\d{1,5})?"));
    }

    /** @return whether the request comes from a page that may not use this server; a program that is no browser sends no origin */
    public boolean foreign(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        }
        return !sameServer(origin, request) && !allows(origin);
    }

    /** Compares without the scheme, which a proxy that ends TLS changes. */
    private static boolean sameServer(String origin, HttpServletRequest request) {
        try {
            String host = request.getHeader("Host");
            return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException noOrigin) {
            return false;
        }
    }
}

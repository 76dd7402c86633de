package io.pado.platform.http;

import io.pado.platform.problem.ProblemException;
import io.pado.platform.problem.ProblemResponse;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses addresses that cannot be read: a path with characters that no path has, a query string in which what is behind a {@code %} is not
 * two hexadecimal digits, either of them if it is no UTF-8, and a {@code Host} that is none (RFC 9112, 3.2). Control characters, a backslash
 * and # are in no address as they are.
 */
public class QuerySyntax implements Filter {

    private static final Set<String> RESOURCES = Set.of("/api", "/sse", "/.well-known");
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!isPath(((HttpServletRequest) request).getRequestURI())) {
            ProblemResponse.write(ProblemException.badRequest("path", "The path cannot be read. Encode what it holds as UTF-8 with %XX"
                    + " (encodeURIComponent does so)."), (HttpServletRequest) request, (HttpServletResponse) response);
        } else if (!isHost(((HttpServletRequest) request).getHeader("Host"))) {
            ProblemResponse.write(ProblemException.badRequest("header", "Host must be a name or an address, with a port if you like: shop.example:8443."),
                    (HttpServletRequest) request, (HttpServletResponse) response);
        } else if (isRight((HttpServletRequest) request) && !failsAResource((HttpServletRequest) request)) {
            chain.doFilter(request, response);
        } else {
            ProblemResponse.write(ProblemException.badRequest("query", "The query string cannot be read. Encode what it holds as UTF-8 with %XX,"
                    + " a % itself as %25 (encodeURIComponent does so)."), (HttpServletRequest) request, (HttpServletResponse) response);
        }
    }

    /** @return whether the query string, if there is one, can be read; if not, asking for a parameter would fail */
    public static boolean isRight(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null || isRight(query);
    }

    /** JAX-RS makes a URI of the address of some requests, in which more characters may not stand than pages and WebSockets mind. */
    private static boolean failsAResource(HttpServletRequest request) {
        return request.getQueryString() != null && RESOURCES.contains(request.getServletPath()) && !isOfUri(request.getQueryString());
    }

    static boolean isOfUri(String query) {
        try {
            return new URI("/?" + query).getRawQuery() != null;
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    static boolean isPath(String path) {
        try {
            return !new URI(path).getRawPath().isEmpty() && !path.contains("/..") && isUtf8(path);
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    static boolean isHost(String host) {
        try {
            return host == null || host.isEmpty() || host.equals(new URI("//" + host + '/').getRawAuthority());
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    static boolean isRight(String query) {
        if (query.chars().anyMatch(QuerySyntax::isInNoAddress)) {
            return false;
        }
        return query.indexOf('%') < 0 || isUtf8(query) && !BROKEN_ESCAPE.matcher(query).find();
    }

    private static boolean isUtf8(String encoded) {
        try {
            byte[] bytes = URLDecoder.decode(encoded, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (IllegalArgumentException | CharacterCodingException unreadable) {
            return false;
        }
    }

    private static boolean isInNoAddress(int character) {
        return character < ' ' || character == 0x7F || character == '\\' || character == '#';
    }
}

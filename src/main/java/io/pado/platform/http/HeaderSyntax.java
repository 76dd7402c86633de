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
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Refuses headers on which JAX-RS would fail: {@code Content-Type} with 415, {@code Accept} and {@code Accept-Language} with 400; and, with 415, bodies
 * that would have to be unpacked.
 */
public class HeaderSyntax implements Filter {

    private static final String QUALITY = "q";
    private static final String IDENTITY = "identity";
    /** Of all lines of a list; browsers send a hundred. For each of its items JAX-RS takes some time. */
    private static final int MAX_LIST = 8_192;
    private static final int MAX_LANGUAGE = 100;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            check((HttpServletRequest) request, (HttpServletResponse) response);
        } catch (ProblemException refused) {
            ProblemResponse.write(refused, (HttpServletRequest) request, (HttpServletResponse) response);
            return;
        }
        chain.doFilter(request, response);
    }

    private static void check(HttpServletRequest request, HttpServletResponse response) {
        String type = request.getHeader("Content-Type");
        if (type != null && !type.isBlank()) {
            checkType(type);
        }
        if (!listed(request, "Content-Encoding").allMatch(IDENTITY::equalsIgnoreCase)) {
            response.setHeader("Accept-Encoding", IDENTITY);
            throw ProblemException.unsupported("Bodies are not unpacked here. Send the body without Content-Encoding.");
        }
        if (isTooLong(request, "Accept") || !listed(request, "Accept").allMatch(HeaderSyntax::isRange)) {
            throw ProblemException.badRequest("header", "Accept must be media types, comma-separated, each with a q from 0 to 1 if you like:"
                    + " application/json, */*;q=0.5; " + MAX_LIST + " characters at most.");
        }
        if (isTooLong(request, "Accept-Language") || !listed(request, "Accept-Language").allMatch(HeaderSyntax::isLanguage)) {
            throw ProblemException.badRequest("header", "Accept-Language must be languages, comma-separated, each with a q from 0 to 1 if you"
                    + " like: ko, en;q=0.5; " + MAX_LIST + " characters at most.");
        }
    }

    private static boolean isTooLong(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name)).stream().mapToLong(String::length).sum() > MAX_LIST;
    }

    private static Stream<String> listed(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name)).stream().flatMap(line -> items(line).stream())
                .map(String::strip).filter(item -> !item.isEmpty());
    }

    /** @return the parts of a list between its commas; a comma within quotes is none of these */
    static List<String> items(String line) {
        List<String> items = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                items.add(line.substring(from, i));
                from = i + 1;
            }
        }
        items.add(line.substring(from));
        return items;
    }

    static void checkType(String text) {
        try {
            MediaType type = MediaType.valueOf(text);
            String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
            if (type.isWildcardType() || type.isWildcardSubtype()) {
                throw ProblemException.unsupported("Content-Type names no single media type. Send Content-Type: application/json.");
            }
            if (charset != null && !Charset.isSupported(charset)) {
                throw ProblemException.unsupported("The charset of Content-Type is not known here. Send UTF-8, without naming it.");
            }
        } catch (IllegalArgumentException unreadable) {
            throw ProblemException.unsupported("Content-Type cannot be read. Send Content-Type: application/json.");
        }
    }

    static boolean isRange(String item) {
        try {
            return isQuality(MediaType.valueOf(item).getParameters().get(QUALITY));
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    /** @return whether JAX-RS can read it: it passes over what is no language, such as the {@code ko_KR} that many programs send, and fails at a wrong quality */
    static boolean isLanguage(String item) {
        String[] parts = item.split(";", 2);
        return parts[0].strip().length() <= MAX_LANGUAGE
                && (parts.length == 1 || parts[1].strip().regionMatches(true, 0, "q=", 0, 2) && isQuality(parts[1].strip().substring(2)));
    }

    private static boolean isQuality(String text) {
        return text == null || text.matches("(?=\\.?\\d)\\d{0,9}\\.?\\d{0,9}") && Double.parseDouble(text) <= 1;
    }
}

package io.pado;

import io.pado.platform.http.AllowedMethods;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * What browsers may do with pages, and how long they may keep their files: files whose address names a version for ever, all others only
 * as long as the server says that they are the newest. Without this a browser would guess, and run old scripts against a new server.
 */
public class PageHeaders implements Filter {

    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final String VERSIONED = "/webjars/";
    /** The pages run no script and load nothing that is not of this server (CSP level 3); {@code data:} is for the CSS base's icons. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'none'";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletResponse answer = (HttpServletResponse) response;
        if (!METHODS.contains(((HttpServletRequest) request).getMethod())) {
            AllowedMethods.answer((HttpServletRequest) request, answer, "GET, HEAD, OPTIONS");
            return;
        }
        boolean versioned = ((HttpServletRequest) request).getRequestURI().startsWith(VERSIONED);
        answer.setHeader("Cache-Control", versioned ? "public, max-age=31536000, immutable" : "no-cache");
        answer.setHeader("Content-Security-Policy", POLICY);
        answer.setHeader("X-Content-Type-Options", "nosniff");
        answer.setHeader("Referrer-Policy", "same-origin");
        chain.doFilter(request, response);
    }
}

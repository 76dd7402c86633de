package io.pado.platform.http;

import io.pado.platform.problem.ProblemException;
import io.pado.platform.problem.ProblemResponse;
import io.pado.platform.proxy.Origins;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Cross-origin requests (WHATWG Fetch, section 3.2), in this one place: answers pre-flights, and lets pages of the allowed
 * {@link Origins} read the answers, with credentials. Pages of other origins can send what a form can send, and read nothing, but
 * for the open paths, where all may read the answers to what they send without credentials.
 */
public class Cors implements Filter {

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String HEADERS = "Accept, Authorization, Cache-Control, Content-Type, Idempotency-Key, If-None-Match,"
            + " Last-Event-ID, X-Requested-With";
    private static final String READABLE = "ETag, Location, Retry-After, WWW-Authenticate";
    private static final String SECONDS = "3600";

    @Inject
    private Origins origins;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        String origin = asked.getHeader("Origin");
        boolean preflight = asked.getMethod().equals("OPTIONS") && asked.getHeader("Access-Control-Request-Method") != null;
        answer.addHeader("Vary", "Origin");
        boolean allowed = origin != null && origins.allows(origin);
        boolean open = !allowed && origins.opens(asked.getRequestURI());
        if (allowed) {
            answer.setHeader("Access-Control-Allow-Credentials", "true");
        }
        if (allowed || open) {
            answer.setHeader("Access-Control-Allow-Origin", allowed ? origin : "*");
            answer.setHeader("Access-Control-Expose-Headers", READABLE);
        }
        if (!preflight) {
            chain.doFilter(request, response);
        } else if (allowed || open) {
            answer.setHeader("Access-Control-Allow-Methods", METHODS);
            answer.setHeader("Access-Control-Allow-Headers", HEADERS);
            answer.setHeader("Access-Control-Max-Age", SECONDS);
            answer.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            ProblemResponse.write(ProblemException.forbidden(origins.refusal(asked, "use this server")), asked, answer);
        }
    }
}

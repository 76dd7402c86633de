package io.pado.platform;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** Refuses what is no GET, and handshakes from pages of foreign {@link Origins}: a browser lets any page open a WebSocket to anywhere (RFC 6455, 10.2). */
public class WebSocketGate implements Filter {

    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    @Inject
    private Origins origins;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        if (!METHODS.contains(asked.getMethod())) {
            AllowedMethods.answer(asked, answer, "GET, HEAD, OPTIONS");
        } else if (origins.foreign(asked)) {
            ProblemResponse.write(ProblemException.forbidden(origins.refusal(asked, "open a WebSocket")), asked, answer);
        } else {
            chain.doFilter(request, response);
        }
    }
}

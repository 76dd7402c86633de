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

/** Refuses what is no GET, and handshakes from pages of foreign {@link Origins}: a browser lets any page open a WebSocket to anywhere (RFC 6455, 10.2). */
public class WebSocketGate implements Filter {

    @Inject
    private Origins origins;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        if (!asked.getMethod().equals("GET")) {
            AllowedMethods.answer(asked, answer, "GET, OPTIONS");
        } else if (origins.foreign(asked)) {
            ProblemResponse.write(ProblemException.forbidden(origins.refusal(asked, "open a WebSocket")), asked, answer);
        } else {
            chain.doFilter(request, response);
        }
    }
}

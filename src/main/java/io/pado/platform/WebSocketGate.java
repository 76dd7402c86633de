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

/** Refuses handshakes from pages of foreign {@link Origins}: a browser lets any page open a WebSocket to anywhere (RFC 6455, 10.2). */
public class WebSocketGate implements Filter {

    @Inject
    private Origins origins;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (origins.foreign((HttpServletRequest) request)) {
            ProblemResponse.write(ProblemException.forbidden("Pages of this origin may not open a WebSocket here; pado.http.origins"
                    + " lists those that may."), (HttpServletRequest) request, (HttpServletResponse) response);
        } else {
            chain.doFilter(request, response);
        }
    }
}

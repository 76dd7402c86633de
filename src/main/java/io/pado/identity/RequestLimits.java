package io.pado.identity;

import io.pado.platform.PerSecond;
import io.pado.platform.PlatformConfig;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.problem.ProblemResponse;
import io.pado.platform.proxy.Clients;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.OptionalLong;

/** Refuses the requests of a user, or of an address without a token, beyond {@code pado.http.most.requests} a second on this node. */
public class RequestLimits implements Filter {

    @Inject
    private Callers callers;
    @Inject
    private Clients clients;
    @Inject
    private PlatformConfig config;

    private final PerSecond requests = new PerSecond();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        OptionalLong user = callers.current().userId();
        String who = user.isPresent() ? "user " + user.getAsLong() : clients.of((HttpServletRequest) request).counted();
        if (requests.within(who, config.mostRequests())) {
            chain.doFilter(request, response);
        } else {
            ProblemResponse.write(ProblemException.tooMany("You sent more than " + config.mostRequests()
                    + " requests within a second; wait, and send fewer.", 1), (HttpServletRequest) request, (HttpServletResponse) response);
        }
    }
}

package io.pado.identity;

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

/**
 * Answers requests whose token does not count. {@link TokenMechanism} cannot: where no constraint protects a path, the container
 * goes on with the request whatever the mechanism says (seen on Liberty 26.0.0.5).
 */
public class RefusedTokens implements Filter {

    private static final String REFUSED = RefusedTokens.class.getName();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request.getAttribute(REFUSED) instanceof ProblemException refused)) {
            chain.doFilter(request, response);
            return;
        }
        HttpServletResponse answer = (HttpServletResponse) response;
        if (refused.problem().status() == HttpServletResponse.SC_UNAUTHORIZED) {
            answer.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        }
        ProblemResponse.write(refused, (HttpServletRequest) request, answer);
    }

    static void note(HttpServletRequest request, ProblemException refusal) {
        request.setAttribute(REFUSED, refusal);
    }
}

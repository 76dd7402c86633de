package io.pado;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;

/**
 * Shows the page of a folder. The server would do so itself, but takes the query for a part of the page's path then, and fails where an encoded slash,
 * # or backslash is in it (seen with 26.0.0.5): {@code /?next=%2Fchat%2F}.
 */
public class WelcomePages implements Filter {

    private static final String PAGE = "index.html";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        String path = asked.getServletPath() + Objects.requireNonNullElse(asked.getPathInfo(), "");
        if (path.endsWith("/") && request.getServletContext().getResource(path + PAGE) != null) {
            request.getRequestDispatcher(path + PAGE).forward(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }
}

package io.pado.realtime.sse;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Keeps the container's own response for a stream. JAX-RS hands out a wrapper that belongs to the request's thread and encodes
 * each event anew; frames that are already bytes go past it.
 */
@WebFilter(urlPatterns = {"/sse/*", "/api/*"}, asyncSupported = true)
public class RawResponse implements Filter {

    private static final String ATTRIBUTE = RawResponse.class.getName();
    private static final String AFTERWARDS = ATTRIBUTE + ".afterwards";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(ATTRIBUTE, response);
        chain.doFilter(request, response);
        if (request.getAttribute(AFTERWARDS) instanceof Runnable afterwards) {
            // The request lives as long as its stream, and must not keep what was only needed to join.
            request.removeAttribute(AFTERWARDS);
            afterwards.run();
        }
    }

    /**
     * Has something run once JAX-RS is through with the request. Until then the request's thread may write, and two threads that
     * write to one response at a time would break its chunks.
     */
    static void afterwards(HttpServletRequest request, Runnable task) {
        request.setAttribute(AFTERWARDS, task);
    }

    /** @return the request's response; its output may be used by any one thread at a time once the first frame was sent */
    static HttpServletResponse of(HttpServletRequest request) {
        return (HttpServletResponse) request.getAttribute(ATTRIBUTE);
    }
}

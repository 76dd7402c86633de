package io.pado.realtime.sse.carrier;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the container's own response for a stream. JAX-RS hands out a wrapper that belongs to the request's thread and encodes
 * each event anew; frames that are already bytes go past it, from when JAX-RS is through with the request.
 */
public class RawResponse implements Filter {

    private static final Logger LOG = Logger.getLogger(RawResponse.class.getName());
    private static final String RESPONSE = RawResponse.class.getName();
    private static final String HANDOVER = Handover.class.getName();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(RESPONSE, response);
        boolean answered = false;
        try {
            chain.doFilter(request, response);
            answered = true;
        } finally {
            if (request.getAttribute(HANDOVER) instanceof Handover handover) {
                // The request may live as long as its stream, and must not keep what was only needed to join.
                request.removeAttribute(HANDOVER);
                proceed(handover, answered, (HttpServletRequest) request, (HttpServletResponse) response);
            }
        }
    }

    /** Has a stream opened once JAX-RS is through with the request. */
    public static void afterwards(HttpServletRequest request, Handover handover) {
        request.setAttribute(HANDOVER, handover);
    }

    /** @return the request's response; its output may be used by any one thread at a time once the first frame was sent */
    public static HttpServletResponse of(HttpServletRequest request) {
        return (HttpServletResponse) request.getAttribute(RESPONSE);
    }

    private static void proceed(Handover handover, boolean answered, HttpServletRequest request, HttpServletResponse response) {
        boolean opened = false;
        try {
            if (answered && response.getStatus() == HttpServletResponse.SC_OK) {
                handover.proceed(request, response);
                opened = true;
            }
        } catch (IOException peerIsGone) {
            LOG.log(Level.FINE, "A client left before its stream was open", peerIsGone);
        } finally {
            if (!opened) {
                handover.gone();
            }
        }
    }
}

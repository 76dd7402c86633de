package io.pado.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.ServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;

/**
 * Hands out a body that was received before ({@link RequestBodies}). A wrapped request would do that too, but JAX-RS calls its injected
 * request by the interfaces of the first one that it met (seen with 26.0.0.5).
 */
@Provider
@PreMatching
@ApplicationScoped
public class ReceivedBody implements ContainerRequestFilter {

    private static final String RECEIVED = ReceivedBody.class.getName();

    /** Keeps the body of a request for this. */
    static void keep(ServletRequest request, byte[] body) {
        request.setAttribute(RECEIVED, body);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getProperty(RECEIVED) instanceof byte[] body) {
            request.setEntityStream(new ByteArrayInputStream(body));
        }
    }
}

package io.pado.platform.http;

import io.pado.platform.PlatformConfig;
import io.pado.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/**
 * Hands out a body that was received before ({@link RequestBodies}), and ends one that was not when it becomes larger than {@code pado.http.max.body}. A
 * wrapped request would do that too, but JAX-RS calls its injected request by the interfaces of the first one that it met (seen with 26.0.0.5).
 */
@Provider
@PreMatching
@ApplicationScoped
public class ReceivedBody implements ContainerRequestFilter {

    private static final String RECEIVED = ReceivedBody.class.getName();

    /** @param address of the request, as it was sent */
    private record Received(URI address, byte[] body) {
    }

    @Inject
    private PlatformConfig config;

    /** @param address of the request, as it was sent: the server decodes that of a request that goes on, and a {@code %26} would be one more parameter */
    static void keep(ServletRequest request, URI address, byte[] body) {
        request.setAttribute(RECEIVED, new Received(address, body));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getProperty(RECEIVED) instanceof Received received) {
            request.setRequestUri(request.getUriInfo().getBaseUri(), received.address());
            request.setEntityStream(new ByteArrayInputStream(received.body()));
        } else if (request.getLength() < 0 && request.hasEntity()) {
            request.setEntityStream(new Limited(request.getEntityStream(), config.maxBody()));
        }
    }

    private static final class Limited extends FilterInputStream {

        private final long limit;
        private long read;

        Limited(InputStream body, long limit) {
            super(body);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int more) {
            read += more;
            if (read > limit) {
                throw ProblemException.tooLarge(limit);
            }
        }
    }
}


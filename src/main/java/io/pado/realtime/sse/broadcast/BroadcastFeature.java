package io.pado.realtime.sse.broadcast;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Providers;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Tells broadcasters which message body writers the application has. Every JAX-RS application finds it by {@code META-INF/services} (Jakarta RESTful Web Services 4.0,
 * section 4.1.3); only resources that have a broadcaster are concerned.
 */
public class BroadcastFeature implements DynamicFeature {

    @Override
    public void configure(ResourceInfo resource, FeatureContext application) {
        Class<?> type = resource.getResourceClass();
        Stream<Class<?>> given = Stream.concat(Arrays.stream(type.getDeclaredFields()).map(field -> (Class<?>) field.getType()),
                Arrays.stream(type.getDeclaredConstructors()).flatMap(made -> Arrays.stream(made.getParameterTypes())));
        if (given.anyMatch(SseBroadcaster.class::equals)) {
            application.register(Writers.class);
        }
    }

    /** Notes them beside the request. */
    public static class Writers implements ContainerRequestFilter {

        @Context
        private Providers writers;

        @Override
        public void filter(ContainerRequestContext request) {
            request.setProperty(Bodies.WRITERS, writers);
        }
    }
}

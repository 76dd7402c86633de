package io.pado.system;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests of presence two nodes of their own, where who leaves is missed after 2 s already. */
final class BriefGrace implements BeforeAllCallback, ParameterResolver {

    static final Duration GRACE = Duration.ofSeconds(2);
    static final Map<String, String> SETTINGS = Map.of("pado.presence.grace", Long.toString(GRACE.toSeconds()), "pado.presence.moving", "12",
            "pado.presence.heartbeat", "1");

    private static final Namespace NAMESPACE = Namespace.create(BriefGrace.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cluster(context);
    }

    /** Time that a client lets pass. */
    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static Cluster cluster(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent("presence", name -> Cluster.start(name, 2, SETTINGS), Cluster.class);
    }
}

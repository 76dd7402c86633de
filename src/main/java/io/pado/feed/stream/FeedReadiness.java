package io.pado.feed.stream;

import io.pado.feed.watch.FeedWatch;
import io.pado.feed.watch.WatchView;
import io.pado.platform.Look;
import io.pado.platform.problem.ProblemException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says on each node how the watch goes. Nobody is told of what was written before it had its first place, so a node is not ready before that, or before it
 * has tried in vain. It serves its streams and requests also while nobody watches, so later it stays ready.
 */
@Readiness
@ApplicationScoped
public class FeedReadiness implements HealthCheck {

    private static final String NAME = "feed";
    /** As for Redis itself: both may have to be waited for. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    @Inject
    private FeedProgress progress;
    @Inject
    private FeedWatch watch;

    @Resource
    private ManagedExecutorService executor;

    private final Look<HealthCheckResponse> look = new Look<>(PATIENCE, this::state);
    private volatile boolean begun;

    @Override
    public HealthCheckResponse call() {
        return look.begin(executor).join().orElseGet(() -> HealthCheckResponse.named(NAME).status(begun).withData("watch", FeedProgress.AWAY).build());
    }

    private HealthCheckResponse state() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME).up();
        try {
            begun = begun || watch.hasFailed() || progress.hasBegun();
            WatchView view = progress.view();
            response.status(begun).withData("watch", begun ? view.state() : "awaited");
            Optional.ofNullable(view.lagSeconds()).ifPresent(lag -> response.withData("lagSeconds", lag));
            Optional.ofNullable(view.alarm()).ifPresent(alarm -> response.withData("alarm", alarm.at() + " " + alarm.reason() + ": " + alarm.detail()));
        } catch (ProblemException unknown) {
            response.withData("watch", FeedProgress.AWAY);
        }
        return response.build();
    }
}

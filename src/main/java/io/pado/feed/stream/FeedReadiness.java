package io.pado.feed.stream;

import io.pado.feed.watch.FeedWatch;
import io.pado.feed.watch.WatchView;
import io.pado.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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

    @Inject
    private FeedProgress progress;
    @Inject
    private FeedWatch watch;

    private volatile boolean begun;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("feed").up();
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

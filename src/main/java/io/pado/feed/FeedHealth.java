package io.pado.feed;

import io.pado.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Says on each node how the watch goes. A node serves its streams and requests also while nobody watches, so it stays ready. */
@Readiness
@ApplicationScoped
public class FeedHealth implements HealthCheck {

    private static final long MOST_LAG_SECONDS = 10;
    private static final String AWAY = "away";

    @Inject
    private FeedStore store;
    @Inject
    private Clock clock;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("feed").up();
        try {
            WatchView view = view();
            response.withData("watch", view.state());
            Optional.ofNullable(view.lagSeconds()).ifPresent(lag -> response.withData("lagSeconds", lag));
            Optional.ofNullable(view.alarm()).ifPresent(alarm -> response.withData("alarm", alarm.at() + " " + alarm.reason() + ": " + alarm.detail()));
        } catch (ProblemException unknown) {
            response.withData("watch", AWAY);
        }
        return response.build();
    }

    /** @throws ProblemException 503 if Redis does not answer */
    WatchView view() {
        JsonObject progress = store.progress().orElse(JsonValue.EMPTY_JSON_OBJECT);
        Long lag = progress.containsKey("at") ? secondsSince(Instant.parse(progress.getString("at"))) : null;
        WatchView.Alarm alarm = store.alarm().map(each -> new WatchView.Alarm(Instant.parse(each.getString("at")), each.getString("reason"),
                each.getString("detail"))).orElse(null);
        return new WatchView(lag != null && lag <= MOST_LAG_SECONDS ? "up" : AWAY, lag, number(progress, "told"), number(progress, "skipped"), alarm);
    }

    private long secondsSince(Instant time) {
        return Math.max(0, Duration.between(time, clock.instant()).toSeconds());
    }

    private static long number(JsonObject json, String field) {
        return json.containsKey(field) ? json.getJsonNumber(field).longValue() : 0;
    }

    /** @throws ProblemException 503 if Redis does not answer */
    void clearAlarm() {
        store.clearAlarm();
    }
}

package io.pado.feed.stream;

import io.pado.feed.watch.FeedStore;
import io.pado.feed.watch.WatchView;
import io.pado.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How the watch goes, as the watching node has told all. */
@ApplicationScoped
public class FeedProgress {

    private static final long MAX_LAG_SECONDS = 10;
    static final String AWAY = "away";

    @Inject
    private FeedStore store;
    @Inject
    private Clock clock;

    /** @throws ProblemException 503 if Redis does not answer */
    WatchView view() {
        JsonObject progress = store.progress().orElse(JsonValue.EMPTY_JSON_OBJECT);
        Long lag = progress.containsKey("at") ? secondsSince(Instant.parse(progress.getString("at"))) : null;
        WatchView.Alarm alarm = store.alarm().map(each -> new WatchView.Alarm(Instant.parse(each.getString("at")), each.getString("reason", ""),
                each.getString("detail", ""))).orElse(null);
        return new WatchView(lag != null && lag <= MAX_LAG_SECONDS ? "up" : AWAY, progress.getString("node", null), lag, number(progress, "told"),
                number(progress, "skipped"), number(progress, "kept"), alarm);
    }

    /** @return whether what is written from now on will be told, if only later. @throws ProblemException 503 if Redis does not answer */
    boolean hasBegun() {
        return store.hasPlace();
    }

    private long secondsSince(Instant time) {
        return Math.max(0, Duration.between(time, clock.instant()).toSeconds());
    }

    private static long number(JsonObject json, String field) {
        return json.get(field) instanceof JsonNumber number ? number.longValue() : 0;
    }

    /** @throws ProblemException 503 if Redis does not answer */
    void clearAlarm() {
        store.clearAlarm();
    }
}

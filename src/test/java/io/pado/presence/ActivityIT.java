package io.pado.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.redis.TestRedis;
import io.pado.presence.PresenceStore.Known;
import io.pado.presence.PresenceStore.Moment;
import io.pado.presence.PresenceStore.Step;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a node notes of its users' activity, in real Redis. */
class ActivityIT {

    private static final List<Long> USERS = LongStream.rangeClosed(1, 2L * PresenceStore.MOST + 1).boxed().toList();
    private static final long NEVER = TimeUnit.HOURS.toNanos(1);

    private static TestRedis redis;

    @BeforeAll
    static void start() {
        redis = new TestRedis();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void activityStaysInMemoryUntilItIsTimeAndIsWrittenTogether() {
        PresenceConfig config = new PresenceConfig();
        config.grace = 1;
        PresenceStore store = new PresenceStore(redis.client(), config);
        store.attend(new Step("n", true, false, 0, 1), USERS.stream().map(user -> new Moment(user, "s", 0)).toList(), List.of());
        store.settle(USERS.stream().map(user -> new Known(user, 0, false, "")).toList());
        Instant before = store.states(USERS).values().stream().map(StatusView::lastActivity).max(Instant::compareTo).orElseThrow();

        Activity early = new Activity(store, NEVER);
        Activity due = new Activity(store, 0);
        long calls = scripts();
        for (int i = 0; i < 10; i++) {
            USERS.forEach(early::note);
            USERS.forEach(due::note);
            early.writeIfDue();
        }
        assertThat(scripts()).isEqualTo(calls);

        due.writeIfDue();
        assertThat(scripts() - calls).as("of %d users", USERS.size()).isEqualTo(3);
        assertThat(store.states(USERS).values()).hasSameSizeAs(USERS).allMatch(state -> state.lastActivity().isAfter(before));
        long written = scripts();
        due.writeIfDue();
        assertThat(scripts()).as("nothing is written twice").isEqualTo(written);
    }

    /** @return how many scripts Redis has run */
    private static long scripts() {
        return redis.client().commands().info("commandstats").lines().filter(line -> line.startsWith("cmdstat_eval"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1"))).sum();
    }
}

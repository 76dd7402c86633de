package io.pado.run.making;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.run.RunRequest;
import io.pado.run.WhenBusy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many runs of one address there may be, and how many stops of runs that are not there. */
class RunBoundsIT extends RunRig {

    @Test
    void runsOfAnAddressAreLimitedWhoeverTheyAreOf() {
        List<Run> runs = IntStream.range(0, 3).mapToObj(i -> run(ofAddress("here", "client:" + i))).toList();
        runs.forEach(run -> assertThat(store.open(run.request(), run.fence(), 3, 0)).isEqualTo("opened"));

        RunRequest more = ofAddress("here", "client:more");
        assertThat(store.open(more, "x", 3, 0)).isEqualTo("crowded");
        assertThat(store.open(runs.get(0).request(), "x", 3, 0)).isEqualTo("known");
        assertThat(store.open(ofAddress("there", "client:0"), "x", 3, 0)).isEqualTo("opened");
        assertThat(store.open(request("", WhenBusy.ENQUEUE), "x", 3, 0)).isEqualTo("opened");

        runs.get(0).complete("stop", null);
        take(runs.get(0));
        store.close(runs.get(0).id());
        assertThat(store.open(more, "x", 3, 0)).isEqualTo("opened");
        store.discard(more);
        assertThat(store.open(more, "x", 3, 0)).isEqualTo("opened");
        redis.client().commands().del("pado:state:run:" + runs.get(1).id());
        assertThat(store.open(ofAddress("here", "client:last"), "x", 3, 0)).as("one is gone without a word").isEqualTo("opened");
        assertThat(store.open(ofAddress("here", "client:last"), "x", 3, 0)).isEqualTo("crowded");
        assertThat(store.open(ofAddress("here", "client:any"), "x", 0, 0)).isEqualTo("opened");
    }

    @Test
    void runsOfAnAddressCountAgainAfterRedisHasLostThem() {
        Run run = run(ofAddress("here", "client:0"));
        assertThat(store.open(run.request(), run.fence(), 1, 0)).isEqualTo("opened");
        redis.client().commands().flushAll();
        assertThat(store.restore(run)).isTrue();

        assertThat(store.open(ofAddress("here", "client:1"), "x", 1, 0)).isEqualTo("crowded");
    }

    /** Each is kept for a day, also when it has ended. */
    @Test
    void whoAsksOpensSoManyRunsInAnHour() {
        for (int i = 0; i < 2; i++) {
            Run run = run(ofAddress("here", "client:" + i));
            assertThat(store.open(run.request(), run.fence(), 0, 2)).isEqualTo("opened");
            run.complete("stop", null);
            take(run);
            store.close(run.id());
        }
        String left = store.open(ofAddress("here", "client:more"), "x", 0, 2);
        assertThat(left).startsWith("often ");
        assertThat(Long.parseLong(left.substring("often ".length()))).isBetween(1L, Duration.ofHours(1).toMillis());
        assertThat(store.open(ofAddress("there", "client:0"), "x", 0, 2)).isEqualTo("opened");
        assertThat(store.open(request("", WhenBusy.ENQUEUE), "x", 0, 1)).as("of a user").isEqualTo("opened");
        assertThat(store.open(request("", WhenBusy.ENQUEUE), "x", 0, 1)).startsWith("often ");

        redis.client().commands().set("pado:runs:asked:user:1", "x");
        assertThat(store.open(request("", WhenBusy.ENQUEUE), "x", 0, 1)).as("a foreign hand").isEqualTo("opened");
        assertThat(store.open(request("", WhenBusy.ENQUEUE), "x", 0, 1)).startsWith("often ");
    }

    /** Nothing was answered, so nothing counts; and what counts is forgotten after the hour. */
    @Test
    void whatWasDiscardedDoesNotCount() {
        RunRequest refused = ofAddress("here", "client:0");
        for (int i = 0; i < 3; i++) {
            assertThat(store.open(refused, "x", 0, 2)).isEqualTo("opened");
            store.discard(refused);
            store.discard(refused);
        }
        assertThat(store.open(ofAddress("here", "client:1"), "x", 0, 2)).isEqualTo("opened");
        assertThat(store.open(refused, "x", 0, 2)).isEqualTo("opened");
        assertThat(store.open(ofAddress("here", "client:2"), "x", 0, 2)).startsWith("often ");
        store.discard(refused);
        assertThat(redis.client().commands().pttl("pado:runs:asked:address:here")).isBetween(1L, Duration.ofHours(1).toMillis());

        redis.client().commands().del("pado:runs:asked:address:here");
        RunRequest uncounted = ofAddress("here", "client:3");
        assertThat(store.open(uncounted, "x", 0, 0)).isEqualTo("opened");
        store.discard(uncounted);
        assertThat(redis.client().commands().exists("pado:runs:asked:address:here")).isFalse();
    }

    @Test
    void stopsAreRememberedForSoManyRunsThatAreNotThere() {
        RunRequest known = request("", WhenBusy.ENQUEUE);
        assertThat(store.open(known, "x", 0, 0)).isEqualTo("opened");
        List<String> ids = IntStream.range(0, 3).mapToObj(i -> UUID.randomUUID().toString()).toList();

        assertThat(ids).extracting(id -> store.stop(id, "stopped", "address:here", 2)).containsExactly("unknown", "unknown", "many");

        assertThat(redis.client().commands().exists("pado:state:run:" + ids.get(2))).isFalse();
        assertThat(store.stop(ids.get(0), "stopped", "address:here", 2)).isEqualTo("unknown");
        assertThat(store.stop(known.id(), "stopped", "address:here", 2)).isEqualTo("stopping");
        assertThat(store.stop(ids.get(2), "stopped", "address:there", 2)).isEqualTo("unknown");
        assertThat(redis.client().commands().pttl("pado:runs:stops:address:here")).isBetween(1L, RunStore.STOP_KEPT.toMillis());
        assertThat(redis.client().commands().pttl("pado:state:run:" + ids.get(0))).isBetween(1L, RunStore.STOP_KEPT.toMillis());
    }

    private static RunRequest ofAddress(String address, String owner) {
        return new RunRequest(UUID.randomUUID().toString(), "test", owner, address, "", WhenBusy.ENQUEUE, "content", "", Set.of());
    }
}

package io.pado.run.making;

import io.pado.platform.json.Json;
import io.pado.run.RunState;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Where a run is, since when, and when something was told of it last. Not thread-safe: guarded by its run. */
final class Progress {

    private final long openedNanos = System.nanoTime();
    private RunState state = RunState.QUEUED;
    private long sinceNanos = openedNanos;
    private long beganNanos = openedNanos;
    private long toldNanos = openedNanos;
    private Long firstTextMillis;

    /**
     * Where a run is.
     *
     * @param runId     the run
     * @param state     {@code queued}, {@code waiting} or {@code streaming}
     * @param forMillis since when, milliseconds
     */
    @JsonbPropertyOrder({"runId", "state", "forMillis"})
    public record Status(String runId, String state, long forMillis) {
    }

    RunState state() {
        return state;
    }

    /** It is its turn. */
    void begin() {
        enter(RunState.WAITING);
        beganNanos = sinceNanos;
    }

    /** There is text. */
    void text() {
        if (firstTextMillis == null) {
            enter(RunState.STREAMING);
            firstTextMillis = TimeUnit.NANOSECONDS.toMillis(sinceNanos - beganNanos);
        }
    }

    void end(RunState how) {
        enter(how);
    }

    /** @return from its begin to the first text; null if there was none */
    Long firstTextMillis() {
        return firstTextMillis;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedNanos);
    }

    void told() {
        toldNanos = System.nanoTime();
    }

    /** @return whether something was told so short a time ago */
    boolean wasTold(Duration ago) {
        return System.nanoTime() - toldNanos < ago.toNanos();
    }

    /** @return JSON of a {@link Status} */
    String status(String runId) {
        return Json.text(new Status(runId, state.word(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos)));
    }

    private void enter(RunState next) {
        state = next;
        sinceNanos = System.nanoTime();
    }
}

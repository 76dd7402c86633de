package io.pado.run.making;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.json.Json;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.EventLog.StateStep;
import io.pado.realtime.policy.History;
import io.pado.run.RunRequest;
import io.pado.run.WhenBusy;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a run says while nothing comes. */
class RunSilenceTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofHours(1);

    private final Run run = new Run(new RunRequest(UUID.randomUUID().toString(), "test", "", "", "", WhenBusy.ENQUEUE, "", "", Set.of()), "fence", () -> { },
            ended -> ended.end(List.of()));

    @Test
    void silentRunSaysWhetherItIsQueuedWaitsOrStreamsAndForHowLong() {
        assertThat(toldAfter(AT_ONCE)).containsExactly("queued");
        run.begin();
        assertThat(told()).extracting(status -> status.getString("state")).containsExactly("waiting");
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < Duration.ofMillis(30).toNanos()) {
            LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
        }
        run.tellStateAfter(AT_ONCE);
        assertThat(told()).singleElement().satisfies(status -> {
            assertThat(status.getString("state")).isEqualTo("waiting");
            assertThat(status.getInt("forMillis")).isBetween(30, 10_000);
        });
        run.text("a");
        run.tellStateAfter(AT_ONCE);
        assertThat(told()).extracting(status -> status.getString("state", "text")).containsExactly("text", "streaming");
    }

    @Test
    void runThatHasJustSpokenOrHasEndedSaysNothing() {
        run.begin();
        told();
        assertThat(toldAfter(LONG)).isEmpty();
        run.complete("stop", null);
        told();
        assertThat(toldAfter(AT_ONCE)).isEmpty();
    }

    private List<String> toldAfter(Duration silence) {
        run.tellStateAfter(silence);
        return told().stream().map(status -> status.getString("state")).toList();
    }

    /** Takes what the run has said. */
    private List<JsonObject> told() {
        List<StateStep> steps = run.steps(publication -> new EventLog.Entry(publication, History.DEFAULT));
        List<JsonObject> all = steps.stream().flatMap(step -> step.events().stream()).map(entry -> Json.parseObject(entry.publication().json()).orElseThrow()).toList();
        run.taken(true);
        return all;
    }
}

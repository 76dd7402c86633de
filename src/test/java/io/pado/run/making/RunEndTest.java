package io.pado.run.making;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.json.Json;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.EventLog.StateStep;
import io.pado.realtime.policy.History;
import io.pado.run.RunRequest;
import io.pado.run.WhenBusy;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How a run ends. */
class RunEndTest {

    private final Run run = new Run(new RunRequest(UUID.randomUUID().toString(), "test", "", "", "", WhenBusy.ENQUEUE, "", "", Set.of()), "fence", () -> { },
            concluded -> { });

    @Test
    void answerThatWasWholeButCouldNotBeKeptHasFailed() {
        run.begin();
        run.text("whole");
        run.complete("stop", null);

        run.endFailed(RunKeeper.notKept());
        run.end(List.of());

        List<StateStep> steps = run.steps(publication -> new EventLog.Entry(publication, History.DEFAULT));
        assertThat(steps.get(steps.size() - 1).fields()).containsEntry("state", "failed");
        assertThat(steps.stream().filter(step -> step.fields().containsKey("ended"))).singleElement().satisfies(step -> {
            JsonObject ended = Json.parseObject(step.fields().get("ended")).orElseThrow();
            assertThat(ended.getString("state")).isEqualTo("failed");
            assertThat(ended.getString("content")).isEqualTo("whole");
            assertThat(ended.getString("finishReason")).isEqualTo("error");
            assertThat(ended.getJsonObject("error").getString("type")).endsWith("not-kept");
        });
    }
}

package io.pado.ai;

import io.pado.run.RunView;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * An answer in the making, as lists show it.
 *
 * @param runId  its name
 * @param state  {@code queued}, {@code waiting} or {@code streaming}
 * @param opened when it was asked for, UTC
 * @param text   so far
 */
@JsonbPropertyOrder({"runId", "state", "opened", "text"})
public record RunOfAsker(String runId, String state, Instant opened, String text) {

    static RunOfAsker of(RunView run) {
        return new RunOfAsker(run.id(), run.state().word(), run.opened(), run.text());
    }
}

package io.pado.run;

import io.pado.platform.problem.Problem;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * The last event of a run.
 *
 * @param runId           the run
 * @param state           {@code completed}, {@code stopped} or {@code failed}
 * @param finishReason    why the text ends: {@code stop}, {@code length}, {@code content_filter}, or another word of the model; {@code stopped},
 *                        {@code interrupted}; {@code error}
 * @param content         the whole text, or what was there
 * @param pieces          how many pieces of text there were
 * @param usage           what it took; null if nobody counted
 * @param firstTextMillis from its begin to its first text; null if there was none
 * @param error           what went wrong; null unless it failed
 */
@JsonbNillable
@JsonbPropertyOrder({"runId", "state", "finishReason", "content", "pieces", "usage", "firstTextMillis", "error"})
public record Ending(String runId, String state, String finishReason, String content, int pieces, Usage usage, Long firstTextMillis, Problem error) {

    /** Name of the event. */
    public static final String TYPE = "ended";

    /** @return the end of the same text, as a failure */
    public Ending failed(Problem problem) {
        return new Ending(runId, RunState.FAILED.word(), "error", content, pieces, usage, firstTextMillis, problem);
    }

    /**
     * What an answer took.
     *
     * @param inputTokens  tokens of the question with all that was sent along
     * @param outputTokens tokens of the answer
     * @param estimated    whether they were estimated
     */
    @JsonbPropertyOrder({"inputTokens", "outputTokens", "estimated"})
    public record Usage(long inputTokens, long outputTokens, boolean estimated) {
    }
}

package io.pado.platform.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How an answer ended.
 *
 * @param kind            in which of three ways
 * @param finishReason    as the model gave it: {@code stop}, {@code length}, {@code content_filter}, or a word of its own; empty if it gave none
 * @param failure         what went wrong; present if and only if the kind is FAILED
 * @param usage           tokens; empty if the model did not tell, which is the rule for answers that were stopped or failed
 * @param firstTextMillis from the start to the first text, milliseconds; empty without any text
 * @param model           name of the model
 */
public record ModelOutcome(Kind kind, Optional<String> finishReason, Optional<ModelFailure> failure, Optional<ModelUsage> usage,
                           OptionalLong firstTextMillis, String model) {

    /** COMPLETED: the model says that this is all. STOPPED: by {@link ModelCall#stop()}. FAILED: neither; the text so far may be kept. */
    public enum Kind { COMPLETED, STOPPED, FAILED }
}

package io.pado.platform.model.scripted;

import io.pado.platform.model.LanguageModel;
import io.pado.platform.model.ModelCall;
import io.pado.platform.model.ModelListener;
import io.pado.platform.model.ModelQuestion;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Answers without a language model, word by word at a natural pace, and says so: for demos and tests. The same question gets the same answer; see
 * {@link ScriptedAnswer} for what it reacts to. Thread-safe.
 */
public final class ScriptedModel implements LanguageModel {

    static final String NAME = "scripted";

    private final Duration pace;
    private final Executor listeners;
    private final ScheduledExecutorService timer;

    /** @param pace time between two words; zero: all at once */
    public ScriptedModel(Duration pace, Executor listeners, ScheduledExecutorService timer) {
        this.pace = pace;
        this.listeners = listeners;
        this.timer = timer;
    }

    @Override
    public ModelCall start(ModelQuestion question, ModelListener listener) {
        ScriptedCall call = new ScriptedCall(question, new ScriptedAnswer(question).words(), pace, timer, listener, listeners);
        call.begin();
        return call;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String state() {
        return NAME;
    }
}

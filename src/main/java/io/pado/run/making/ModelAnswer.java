package io.pado.run.making;

import io.pado.platform.model.LanguageModel;
import io.pado.platform.model.ModelCall;
import io.pado.platform.model.ModelFailure;
import io.pado.platform.model.ModelListener;
import io.pado.platform.model.ModelOutcome;
import io.pado.platform.model.ModelQuestion;
import io.pado.platform.problem.Problem;
import io.pado.platform.problem.ProblemException;
import io.pado.run.Ending;
import java.nio.charset.StandardCharsets;

/** Makes a run's answer with a language model: its text is the run's, its end the run's conclusion, and a run that is to stop stops it. */
public final class ModelAnswer implements ModelListener {

    /** About as many bytes of UTF-8 are a token. */
    private static final int BYTES_OF_A_TOKEN = 4;

    private final ModelQuestion question;
    private final Run run;

    private ModelAnswer(ModelQuestion question, Run run) {
        this.question = question;
        this.run = run;
    }

    /** Asks the model; returns at once. */
    public static void begin(LanguageModel model, ModelQuestion question, Run run) {
        ModelCall call = model.start(question, new ModelAnswer(question, run));
        run.onStop(why -> call.stop());
    }

    @Override
    public void text(String piece) {
        run.text(piece);
    }

    @Override
    public void ended(ModelOutcome outcome) {
        Ending.Usage usage = outcome.usage().map(used -> new Ending.Usage(used.inputTokens(), used.outputTokens(), false)).orElseGet(this::estimated);
        switch (outcome.kind()) {
            case COMPLETED -> run.complete(outcome.finishReason().orElse("stop"), usage);
            case STOPPED -> run.stopped(usage);
            default -> run.fail(outcome.failure().map(ModelAnswer::problem).orElseThrow(), usage);
        }
    }

    private Ending.Usage estimated() {
        long asked = question.messages().stream().mapToLong(message -> tokens(message.text())).sum();
        return new Ending.Usage(asked, tokens(run.text()), true);
    }

    private static long tokens(String text) {
        return (text.getBytes(StandardCharsets.UTF_8).length + BYTES_OF_A_TOKEN - 1) / BYTES_OF_A_TOKEN;
    }

    private static Problem problem(ModelFailure failure) {
        return ProblemException.failed(failure.code().replace('_', '-'), failure.detail()).problem();
    }
}

package io.pado.ai;

import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.model.LanguageModel;
import io.pado.platform.model.ModelMessage;
import io.pado.platform.model.ModelQuestion;
import io.pado.platform.problem.ProblemException;
import io.pado.run.RunRequest;
import io.pado.run.RunView;
import io.pado.run.WhenBusy;
import io.pado.run.making.ModelAnswer;
import io.pado.run.making.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** Questions to the language model, and their answers. */
@ApplicationScoped
public class AiQuestions {

    static final String KIND = "ai";

    private static final String INSTRUCTIONS = "You are a helpful assistant. Answer briefly and kindly, in the language of the question.";

    @Inject
    private Runs runs;
    @Inject
    private LanguageModel model;
    @Inject
    private AiConfig config;

    /**
     * Asks.
     *
     * @param key the same key again is the same question
     * @return id of the run
     * @throws ProblemException 422 if answers for everybody are switched off and nobody in particular asks
     */
    String ask(AiAsker asker, String question, IdempotencyKey key) {
        if (asker.isNobody() && !config.isPublic()) {
            throw ProblemException.invalid("client_id", "is missing; send it, or a token, for the answer has to go somewhere");
        }
        String id = key.isGiven() ? Runs.idOf(asker.owner(), key.text()) : UUID.randomUUID().toString();
        ModelQuestion asked = question(List.of(ModelMessage.user(question)));
        runs.open(new RunRequest(id, KIND, asker.owner(), asker.address(), "", WhenBusy.ENQUEUE, key.content(), "", Set.of(asker.topic())))
                .ifPresent(run -> runs.begin(run, turn -> ModelAnswer.begin(model, asked, turn)));
        return id;
    }

    /** @return what the model is asked */
    ModelQuestion question(List<ModelMessage> conversation) {
        List<ModelMessage> all = new ArrayList<>(List.of(ModelMessage.system(INSTRUCTIONS)));
        all.addAll(conversation);
        return new ModelQuestion(all, OptionalInt.of(config.answerTokens()));
    }

    /** @throws ProblemException 404 unless it is the asker's */
    RunView require(AiAsker asker, String id) {
        return runs.find(id).filter(run -> run.kind().equals(KIND) && run.owner().equals(asker.owner()))
                .orElseThrow(() -> ProblemException.notFound("no-such-run", "You have no such answer; it may have ended more than a day ago."));
    }

    /**
     * Stops an answer.
     *
     * @param idOrKey of the run, or the key under which it was or will be asked for
     * @throws ProblemException 400 if it cannot be a key, 404 if it is the id of somebody else's, 429 if too many are stopped that were not asked for
     */
    void stop(AiAsker asker, String idOrKey) {
        IdempotencyKey.check(idOrKey);
        boolean isRun = runs.find(idOrKey).isPresent();
        runs.stop(isRun ? require(asker, idOrKey).id() : Runs.idOf(asker.owner(), idOrKey), asker.place());
    }

    /** @return those under way */
    List<RunView> underWay(AiAsker asker) {
        return runs.ofOwner(asker.owner()).stream().filter(run -> run.kind().equals(KIND)).toList();
    }
}

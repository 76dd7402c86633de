package io.pado.ai;

import io.pado.platform.Texts;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.model.LanguageModel;
import io.pado.platform.model.ModelMessage;
import io.pado.platform.problem.ProblemException;
import io.pado.run.RunRequest;
import io.pado.run.RunView;
import io.pado.run.WhenBusy;
import io.pado.run.making.ModelAnswer;
import io.pado.run.making.Run;
import io.pado.run.making.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Chats of one person with the model, as {@code useChat} has them. A new question stops the answer that is under way. */
@ApplicationScoped
public class UiChats {

    static final int MAX_CHAT_ID = 200;

    /** Characters of what was said before that go to the model. */
    private static final int MAX_HISTORY = 12_000;

    @Inject
    private Runs runs;
    @Inject
    private LanguageModel model;
    @Inject
    private AiQuestions questions;
    @Inject
    private UiChatStore store;

    /** @param key the same key again is the same question. @return the run that answers */
    RunView ask(AiAsker asker, UiChatRequest request, IdempotencyKey key) {
        String room = room(asker, request.chatId());
        String id = key.isGiven() ? Runs.idOf(room, key.text()) : UUID.randomUUID().toString();
        List<ModelMessage> conversation = new ArrayList<>(conversation(room));
        conversation.add(ModelMessage.user(request.question()));
        runs.open(new RunRequest(id, AiQuestions.KIND, asker.owner(), asker.address(), room, WhenBusy.INTERRUPT, key.content(), "", Set.of())).ifPresent(run -> {
            remember(room, run, request.question());
            runs.begin(run, turn -> ModelAnswer.begin(model, questions.question(conversation), turn));
        });
        return questions.require(asker, id);
    }

    /** What is asked is known before the answer begins, or there is no run. */
    private void remember(String room, Run run, String question) {
        try {
            store.add(room, new UiChatStore.Turn(run.id(), question));
        } catch (ProblemException away) {
            runs.discard(run);
            throw away;
        }
    }

    /** @return the latest answer that is under way */
    Optional<RunView> underWay(AiAsker asker, String chatId) {
        return runs.inRoom(room(asker, chatId)).stream().reduce((earlier, later) -> later);
    }

    /** @return the latest answer, under way or not */
    Optional<RunView> latest(AiAsker asker, String chatId) {
        return store.turns(room(asker, chatId)).stream().reduce((earlier, later) -> later).flatMap(turn -> runs.find(turn.runId()));
    }

    /** Stops all answers of a chat that are under way. */
    void stop(AiAsker asker, String chatId) {
        runs.inRoom(room(asker, chatId)).forEach(run -> runs.stop(run.id(), asker.place()));
    }

    /** @throws ProblemException 400 for what cannot be the name of a chat */
    static String requireChatId(String text) {
        if (!Texts.isVisible(text) || text.length() > MAX_CHAT_ID || !Texts.isClean(text)) {
            throw ProblemException.badRequest("chat-id", "The name of a chat is 1 to " + MAX_CHAT_ID + " printable characters.");
        }
        return text;
    }

    /** @return the latest of what was said, oldest first, as much as goes to the model */
    private List<ModelMessage> conversation(String room) {
        LinkedList<ModelMessage> said = new LinkedList<>();
        List<UiChatStore.Turn> turns = new ArrayList<>(store.turns(room));
        Collections.reverse(turns);
        int left = MAX_HISTORY;
        for (UiChatStore.Turn turn : turns) {
            String answer = runs.find(turn.runId()).map(RunView::text).orElse("");
            left -= turn.question().length() + answer.length();
            if (left < 0) {
                break;
            }
            said.addFirst(ModelMessage.assistant(answer));
            said.addFirst(ModelMessage.user(turn.question()));
        }
        return said;
    }

    private static String room(AiAsker asker, String chatId) {
        return "ui:" + asker.owner() + ':' + AiAsker.hash(chatId);
    }
}

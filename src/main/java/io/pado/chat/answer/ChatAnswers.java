package io.pado.chat.answer;

import io.pado.chat.ChatRoom;
import io.pado.chat.Rooms;
import io.pado.chat.persona.IntimacyView;
import io.pado.chat.persona.Persona;
import io.pado.chat.persona.Personas;
import io.pado.platform.json.Json;
import io.pado.platform.model.LanguageModel;
import io.pado.platform.problem.ProblemException;
import io.pado.run.RunKind;
import io.pado.run.RunState;
import io.pado.run.RunView;
import io.pado.run.making.ModelAnswer;
import io.pado.run.making.Run;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Answers in rooms of one user and one character: the run's maker asks the language model, and the text is kept as a message before the run ends. */
@ApplicationScoped
public class ChatAnswers implements RunKind {

    public static final String KIND = "chat";

    @Inject
    private Rooms rooms;
    @Inject
    private Personas personas;
    @Inject
    private Prompts prompts;
    @Inject
    private LanguageModel model;
    @Inject
    private AnswerCollection answers;

    @Override
    public String kind() {
        return KIND;
    }

    /**
     * Asks the language model; returns at once.
     *
     * @param messageId of what is to be answered
     * @throws ProblemException 404 if the room has lost its character
     */
    public void begin(Run run, ChatRoom room, String messageId) {
        Persona persona = personas.find(room.personas()).stream().findFirst().orElseThrow(ChatAnswers::noSuchPersona);
        ModelAnswer.begin(model, prompts.of(persona, room, messageId), run);
    }

    /** @throws ProblemException if the room or its character is gone, or a whole answer says nothing: what is not stored has not been answered */
    @Override
    public List<RunEvent> keep(RunView run, RunState how) {
        boolean counts = how == RunState.COMPLETED;
        if (run.text().isBlank() && counts) {
            throw ProblemException.failed("no-answer", "The character gave no answer; ask again.");
        }
        Send send = Send.of(run);
        Optional<ChatRoom> room = rooms.find(send.roomId());
        Optional<Persona> persona = personas.find(List.of(send.personaId())).stream().findFirst();
        boolean isGone = room.isEmpty() || persona.isEmpty();
        if (run.text().isBlank() || isGone && how == RunState.FAILED) {
            return List.of();
        }
        ChatRoom keeping = room.orElseThrow(Rooms::unknown);
        Persona speaker = persona.orElseThrow(ChatAnswers::noSuchPersona);
        IntimacyView closer = answers.store(run.id(), keeping, send.userId(), speaker, run.text(), counts);
        return counts ? List.of(closer(send.personaId(), speaker.name(), closer.exp(), closer.level(), send.userId())) : List.of();
    }

    /** @return how a run fails whose room has lost its characters */
    static ProblemException noSuchPersona() {
        return ProblemException.notFound("no-such-persona", "Who is to answer in this room does not exist any more.");
    }

    static RunEvent closer(long persona, String name, long exp, long level, long user) {
        return new RunEvent(ExpUpdated.TYPE, Json.text(new ExpUpdated(ExpUpdated.TYPE, persona, name, exp, level, AnswerCollection.EXP,
                Long.toString(user))));
    }
}

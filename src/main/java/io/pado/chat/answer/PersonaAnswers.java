package io.pado.chat.answer;

import io.pado.chat.ChatRoom;
import io.pado.chat.Rooms;
import io.pado.chat.persona.IntimacyView;
import io.pado.chat.persona.Persona;
import io.pado.chat.persona.Personas;
import io.pado.platform.json.Json;
import io.pado.platform.model.LanguageModel;
import io.pado.platform.model.ModelCall;
import io.pado.platform.model.ModelListener;
import io.pado.platform.model.ModelOutcome;
import io.pado.platform.queue.Job;
import io.pado.platform.queue.JobHandler;
import io.pado.platform.queue.JobPostponed;
import io.pado.realtime.Publication;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.log.Publisher;
import io.pado.run.RunView;
import io.pado.run.making.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The workers' side of groups: a character answers, on whichever node. The answer is stored once, whoever else does the same job; then the run's maker is
 * told, again if this is a repetition.
 */
@ApplicationScoped
public class PersonaAnswers implements JobHandler {

    private static final int LAST_ATTEMPT = 3;
    /** How often it is looked whether the run is to stop. */
    private static final long BETWEEN_LOOKS_MILLIS = 500;

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
    @Inject
    private Runs runs;
    @Inject
    private Publisher publisher;

    @Override
    public String kind() {
        return GroupJob.KIND;
    }

    @Override
    public void work(Job job) throws Exception {
        GroupJob asked = GroupJob.parse(job.body());
        Optional<ChatRoom> room = rooms.find(asked.roomId());
        Optional<Persona> persona = personas.find(List.of(asked.personaId())).stream().findFirst();
        if (room.isEmpty() || persona.isEmpty()) {
            tell(new Answered(asked.runId(), asked.personaId(), "", "", 0, 0), job);
        } else if (!isStopped(asked)) {
            answer(job, asked, room.get(), persona.get());
        }
    }

    private void answer(Job job, GroupJob asked, ChatRoom room, Persona persona) throws Exception {
        String text;
        try {
            Optional<String> before = answers.find(asked.id());
            text = before.isPresent() ? before.get() : spoken(job, asked, room, persona);
        } catch (ModelFailed failed) {
            if (job.attempt() >= LAST_ATTEMPT) {
                tell(new Answered(asked.runId(), persona.id(), persona.name(), "", 0, 0), job);
            }
            throw failed;
        }
        if (text.isEmpty() || isStopped(asked)) {
            return;
        }
        IntimacyView closer = answers.store(asked.id(), room, asked.userId(), persona, text, true);
        tell(new Answered(asked.runId(), persona.id(), persona.name(), text, closer.exp(), closer.level()), job);
    }

    /** Waits for the whole answer; a job that is lost, or a run that is stopped, stops the model. @return nothing if the run was stopped */
    private String spoken(Job job, GroupJob asked, ChatRoom room, Persona persona) throws Exception {
        StringBuffer text = new StringBuffer();
        CompletableFuture<ModelOutcome> end = new CompletableFuture<>();
        ModelCall call = model.start(prompts.of(persona, room, asked.messageId()), new ModelListener() {

            @Override
            public void text(String piece) {
                text.append(piece);
            }

            @Override
            public void ended(ModelOutcome outcome) {
                end.complete(outcome);
            }
        });
        job.onLost(call::stop);
        ModelOutcome outcome = await(end, call, asked);
        if (outcome.kind() == ModelOutcome.Kind.STOPPED && !job.isLost()) {
            return "";
        }
        if (outcome.kind() != ModelOutcome.Kind.COMPLETED || text.toString().isBlank()) {
            throw new ModelFailed(outcome.failure().map(failure -> failure.code() + ": " + failure.detail()).orElse("The model gave no whole answer"));
        }
        return text.toString();
    }

    private ModelOutcome await(CompletableFuture<ModelOutcome> end, ModelCall call, GroupJob asked) throws InterruptedException, ExecutionException {
        try {
            while (true) {
                try {
                    return end.get(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    if (isStopped(asked)) {
                        call.stop();
                    }
                }
            }
        } finally {
            call.stop();
        }
    }

    private boolean isStopped(GroupJob asked) {
        return runs.find(asked.runId()).filter(RunView::isToStop).isPresent();
    }

    private void tell(Answered answered, Job job) throws JobPostponed {
        try {
            publisher.publish(new Publication(AnsweredTopic.TOPIC, AnsweredTopic.ANSWERED, answered.runId(), Json.text(answered),
                    job.id() + (answered.content().isEmpty() ? ":failed" : "")));
        } catch (LogUnavailable away) {
            throw new JobPostponed("The event log does not answer", away);
        }
    }

    /** The language model has not given an answer. */
    private static final class ModelFailed extends Exception {

        ModelFailed(String message) {
            super(message);
        }
    }
}

package io.pado.chat.answer;

import io.pado.chat.ChatRoom;
import io.pado.chat.persona.IntimacyView;
import io.pado.chat.persona.Personas;
import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.queue.Jobs;
import io.pado.realtime.Envelope;
import io.pado.realtime.Tap;
import io.pado.realtime.hub.Hub;
import io.pado.run.RunKind.RunEvent;
import io.pado.run.making.Run;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The makers' side of groups: hands in a job for each character, and tells on the run what the workers say. What is not answered in time is not waited
 * for; it still comes to the room as a message.
 */
@ApplicationScoped
public class GroupAnswers implements Tap {

    public static final String KIND = "group";

    private static final Logger LOG = Logger.getLogger(GroupAnswers.class.getName());
    /** Jobs are handed in again so often, for Redis may have lost them; one that is known is not done twice. */
    private static final long AGAIN_SECONDS = 5;

    @Inject
    private Jobs jobs;
    @Inject
    private Hub hub;
    @Inject
    private Personas personas;
    @Inject
    private AnswerCollection answers;
    @Inject
    private ChatConfig config;
    @Inject
    private Clock clock;
    @Resource
    private ManagedScheduledExecutorService timer;

    private final Map<String, Awaited> awaited = new ConcurrentHashMap<>();

    /** A run that waits for characters. */
    private record Awaited(Run run, ChatRoom room, Send send, String messageId, Set<Long> open, AtomicBoolean failed, List<ScheduledFuture<?>> timers) {

        List<GroupJob> jobs() {
            return open.stream().map(persona -> new GroupJob(GroupJob.VERSION, run.id(), send.roomId(), send.userId(), messageId, persona)).toList();
        }
    }

    void start(@Observes Startup startup) {
        hub.tap(AnsweredTopic.TOPIC, this);
    }

    /**
     * Has the characters of a room answer; returns at once. In a room that never had one nobody is waited for.
     *
     * @param messageId of what is to be answered
     * @throws ProblemException 404 if the room has lost all its characters
     */
    public void begin(Run run, ChatRoom room, Send send, String messageId) {
        Set<Long> open = ConcurrentHashMap.newKeySet();
        personas.find(room.personas()).forEach(persona -> open.add(persona.id()));
        if (room.personas().isEmpty()) {
            run.complete("stop", null);
            return;
        }
        if (open.isEmpty()) {
            throw ChatAnswers.noSuchPersona();
        }
        Awaited waiting = new Awaited(run, room, send, messageId, open, new AtomicBoolean(), new CopyOnWriteArrayList<>());
        awaited.put(run.id(), waiting);
        run.onStop(why -> run.stopped(null));
        waiting.timers().add(timer.schedule(() -> timeOut(run), config.timeout().toMillis(), TimeUnit.MILLISECONDS));
        waiting.timers().add(timer.scheduleWithFixedDelay(() -> orLater(() -> again(waiting)), AGAIN_SECONDS, AGAIN_SECONDS, TimeUnit.SECONDS));
        run.stored().whenComplete((state, lost) -> forget(waiting));
        orLater(() -> handIn(waiting));
    }

    @Override
    public void heard(Envelope event) {
        Awaited waiting = awaited.get(event.key());
        if (waiting != null) {
            answered(waiting, Answered.parse(event.json()));
        }
    }

    /** Workers may have answered meanwhile: MongoDB knows. */
    @Override
    public void missed() {
        awaited.values().forEach(waiting -> timer.execute(() -> lookUp(waiting)));
    }

    private void handIn(Awaited waiting) {
        for (GroupJob job : waiting.jobs()) {
            jobs.add(job.id(), GroupJob.KIND, waiting.room().word() + '.' + job.personaId(), Json.text(job));
        }
    }

    private void again(Awaited waiting) {
        lookUp(waiting);
        handIn(waiting);
    }

    /** What a store does not take now it takes later, or the time is over. */
    private static void orLater(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException away) {
            LOG.log(Level.FINE, "The jobs of a group are handed in again later", away);
        }
    }

    private void lookUp(Awaited waiting) {
        for (GroupJob job : waiting.jobs()) {
            answers.find(job.id()).ifPresent(text -> personas.find(List.of(job.personaId())).stream().findFirst().ifPresent(persona -> {
                IntimacyView closer = answers.closeness(persona.id(), job.userId());
                answered(waiting, new Answered(job.runId(), persona.id(), persona.name(), text, closer.exp(), closer.level()));
            }));
        }
    }

    /** Each character is told once. */
    private void answered(Awaited waiting, Answered answer) {
        synchronized (waiting) {
            if (waiting.open().remove(answer.personaId())) {
                tell(waiting, answer);
            }
        }
    }

    private void tell(Awaited waiting, Answered answer) {
        Run run = waiting.run();
        if (!answer.content().isEmpty()) {
            run.event(GroupAnswer.TYPE, Json.text(new GroupAnswer(GroupAnswer.TYPE, answer.content(), answer.personaName(), "persona:" + answer.personaId(),
                    answer.personaId(), clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())));
            RunEvent closer = ChatAnswers.closer(answer.personaId(), answer.personaName(), answer.exp(), answer.level(), waiting.send().userId());
            run.event(closer.type(), closer.json());
        } else {
            waiting.failed().set(true);
        }
        if (waiting.open().isEmpty()) {
            conclude(waiting);
        }
    }

    private static void conclude(Awaited waiting) {
        if (!waiting.failed().get()) {
            waiting.run().complete("stop", null);
        } else {
            waiting.run().fail(ProblemException.failed("no-answer", "Not every character could answer; ask again.").problem(), null);
        }
    }

    private static void timeOut(Run run) {
        run.fail(ProblemException.failed(ChatWire.TIMEOUT, "AI 응답 대기 시간이 초과되었습니다.").problem(), null);
    }

    private void forget(Awaited waiting) {
        awaited.remove(waiting.run().id());
        waiting.timers().forEach(each -> each.cancel(false));
    }
}

package io.pado.run.making;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.json.Json;
import io.pado.platform.problem.Problem;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Publication;
import io.pado.realtime.log.EventLog.StateStep;
import io.pado.realtime.log.Publisher;
import io.pado.run.Ending;
import io.pado.run.RunKind;
import io.pado.run.RunState;
import io.pado.run.RunView;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Ends runs whose makers are gone, on whichever node: what they have is kept, and their last event says so. */
@ApplicationScoped
class RunSweeper {

    private static final Logger LOG = Logger.getLogger(RunSweeper.class.getName());
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    /** After which a run that cannot be kept ends all the same. */
    private static final Duration GIVEN_UP = Duration.ofHours(1);

    @Inject
    private RunStore store;
    @Inject
    private Publisher publisher;
    @Inject
    private RunKeeper keeper;
    @Inject
    private Clock clock;
    @Resource
    private ManagedExecutorService executor;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("runs-swept", () -> {
        sweep();
        return BETWEEN.toMillis();
    });

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    /** Before this node leaves its own runs to others. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) Shutdown shutdown) {
        loop.stop();
    }

    private void sweep() {
        String fence = UUID.randomUUID().toString();
        store.sweep(fence).forEach((id, found) -> executor.execute(() -> end(id, found, fence)));
    }

    /** What fails half-way is swept again when the lease that was taken here has ended; no other run waits for it. */
    private void end(String id, String found, String fence) {
        try {
            Optional<RunView> run = found.equals("claimed") ? store.read(id) : Optional.empty();
            if (run.isPresent()) {
                end(run.get(), fence);
            }
            store.close(id);
        } catch (Exception failure) {
            LOG.log(Level.WARNING, "The run " + id + ", whose maker is gone, cannot be ended now; it is tried again", failure);
        }
    }

    private void end(RunView run, String fence) throws Exception {
        String conclusion = run.conclusion().orElseGet(() -> Json.text(abandoned(run)));
        String state = Json.parseObject(conclusion).orElseThrow().getString("state");
        List<Publication> last = new ArrayList<>();
        Optional<RunKind> kind = keeper.kindOf(run.kind());
        if (kind.isPresent() && run.opened().plus(GIVEN_UP).isAfter(clock.instant())) {
            kind.get().keep(run, RunState.of(state)).forEach(event -> tell(run, event.type(), event.json(), last));
        }
        tell(run, Ending.TYPE, conclusion, last);
        publisher.take(List.of(new StateStep("run:" + run.id(), fence, run.number() + 1, last.stream().map(publisher::entry).toList(), "",
                Map.of("state", state, "ended", conclusion), Run.KEPT)));
    }

    private static void tell(RunView run, String type, String json, List<Publication> all) {
        all.add(new Publication(run.topic(), type, run.id(), json, ""));
        run.also().forEach(topic -> all.add(new Publication(topic, type, run.id(), json, "")));
    }

    private static Ending abandoned(RunView run) {
        boolean isStopped = run.fields().containsKey("stop");
        Problem gone = ProblemException.failed("producer-lost", "The server that made this answer is gone; what there was is kept. Ask again.")
                .problem();
        return new Ending(run.id(), (isStopped ? RunState.STOPPED : RunState.FAILED).word(), isStopped ? "stopped" : "error", run.text(), run.pieces(),
                null, null, isStopped ? null : gone);
    }
}

package io.pado.run.making;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.FailureSeries;
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

    private final FailureSeries unended = new FailureSeries("Runs whose makers are gone cannot be ended now and are tried again");

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
            LOG.log(Level.FINE, "The run " + id + ", whose maker is gone, cannot be ended now", failure);
            unended.failed(failure);
        }
    }

    private void end(RunView run, String fence) throws Exception {
        String conclusion = run.conclusion().orElseGet(() -> Json.text(abandoned(run)));
        List<Publication> last = new ArrayList<>();
        Optional<RunKind> kind = keeper.kindOf(run.kind());
        Optional<Problem> unkept = kind.isPresent() ? keep(run, kind.get(), RunState.of(state(conclusion)), last) : Optional.empty();
        if (unkept.isPresent()) {
            conclusion = Json.text(without(run, RunState.FAILED, unkept.get()));
        }
        tell(run, Ending.TYPE, conclusion, last);
        publisher.take(List.of(new StateStep("run:" + run.id(), fence, run.number() + 1, last.stream().map(publisher::entry).toList(), "",
                Map.of("state", state(conclusion), "ended", conclusion), Run.KEPT)));
    }

    /** @return why it is not kept and not tried again; empty if it is kept */
    private Optional<Problem> keep(RunView run, RunKind kind, RunState how, List<Publication> last) throws Exception {
        try {
            kind.keep(run, how).forEach(event -> tell(run, event.type(), event.json(), last));
            return Optional.empty();
        } catch (ProblemException never) {
            return Optional.of(never.problem());
        } catch (Exception failure) {
            if (run.opened().plus(GIVEN_UP).isAfter(clock.instant())) {
                throw failure;
            }
            LOG.log(Level.WARNING, "The answer of run " + run.id() + " could not be kept and is given up", failure);
            return Optional.of(RunKeeper.notKept());
        }
    }

    private static String state(String conclusion) {
        return Json.parseObject(conclusion).orElseThrow().getString("state");
    }

    private static void tell(RunView run, String type, String json, List<Publication> all) {
        all.add(new Publication(run.topic(), type, run.id(), json, ""));
        run.also().forEach(topic -> all.add(new Publication(topic, type, run.id(), json, "")));
    }

    private static Ending abandoned(RunView run) {
        if (run.fields().containsKey("stop")) {
            return without(run, RunState.STOPPED, null);
        }
        return without(run, RunState.FAILED, ProblemException.failed("producer-lost",
                "The server that made this answer is gone; what there was is kept. Ask again.").problem());
    }

    /** The end of a run without what only its maker knew. @param problem null unless it failed */
    private static Ending without(RunView run, RunState how, Problem problem) {
        return new Ending(run.id(), how.word(), problem == null ? "stopped" : "error", run.text(), run.pieces(), null, null, problem);
    }
}

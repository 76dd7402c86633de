package io.pado.run;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.Problem;
import io.pado.realtime.EventLog.StateStep;
import io.pado.realtime.Publication;
import io.pado.realtime.Publisher;
import io.pado.platform.Json;
import io.pado.platform.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Ends runs whose makers are gone, on whichever node: what they have is kept, and their last event says so. */
@ApplicationScoped
class RunSweeper {

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    @Inject
    private RunStore store;
    @Inject
    private Publisher publisher;
    @Inject
    private RunKeeper keeper;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("runs-swept", () -> {
        sweep();
        return BETWEEN.toMillis();
    });

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    /** What fails half-way is swept again when the lease that was taken here has ended. */
    private void sweep() throws Exception {
        String fence = UUID.randomUUID().toString();
        for (Map.Entry<String, String> found : store.sweep(fence).entrySet()) {
            if (found.getValue().equals("claimed")) {
                Optional<RunView> run = store.read(found.getKey());
                if (run.isPresent()) {
                    end(run.get(), fence);
                }
            }
            store.close(found.getKey());
        }
    }

    private void end(RunView run, String fence) throws Exception {
        String conclusion = run.conclusion().orElseGet(() -> Json.text(abandoned(run)));
        String state = Json.parseObject(conclusion).orElseThrow().getString("state");
        List<Publication> last = new ArrayList<>();
        Optional<RunKind> kind = keeper.kindOf(run.kind());
        if (kind.isPresent()) {
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

package io.pado.run;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.Problem;
import io.pado.realtime.EventLog.StateStep;
import io.pado.realtime.Publication;
import io.pado.realtime.Publisher;
import io.pado.realtime.Topic;
import io.pado.platform.Json;
import io.pado.platform.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
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
    @Any
    private Instance<RunKind> kinds;
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
        for (RunKind kind : kinds) {
            if (kind.kind().equals(run.kind())) {
                kind.keep(run);
            }
        }
        Problem gone = ProblemException.failed("producer-lost", "The server that made this answer is gone; what there was is kept. Ask again.")
                .problem();
        RunState state = run.fields().containsKey("stop") ? RunState.STOPPED : RunState.FAILED;
        String json = Json.text(new Ending(run.id(), state.word(), state == RunState.STOPPED ? "stopped" : "error", run.text(), run.pieces(), null, null,
                state == RunState.STOPPED ? null : gone));
        List<Topic> topics = new ArrayList<>(List.of(run.topic()));
        topics.addAll(run.also());
        publisher.take(List.of(new StateStep("run:" + run.id(), fence, run.number() + 1,
                topics.stream().map(topic -> publisher.entry(new Publication(topic, Ending.TYPE, run.id(), json, ""))).toList(), "",
                Map.of("state", state.word(), "ended", json), Run.KEPT)));
    }
}

package io.pado.run;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.Problem;
import io.pado.platform.ProblemException;
import io.pado.realtime.LogUnavailable;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the runs of this node alive: renews them, begins them when it is their turn, hears that they are to stop, and closes those that have ended. */
@ApplicationScoped
class RunKeeper {

    private static final Logger LOG = Logger.getLogger(RunKeeper.class.getName());
    private static final Duration BETWEEN = Duration.ofMillis(400);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration MAX_AGE = Duration.ofMinutes(15);

    @Inject
    private RunStore store;
    @Inject
    private RunFlusher flusher;
    @Inject
    @Any
    private Instance<RunKind> kinds;
    @Resource
    private ManagedThreadFactory threads;
    @Resource
    private ManagedExecutorService executor;

    private final BackgroundLoop loop = new BackgroundLoop("runs", () -> {
        renew();
        return BETWEEN.toMillis();
    });
    private final Map<String, RunWork> queued = new ConcurrentHashMap<>();

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    /** What is under way is ended by another node. */
    @PreDestroy
    void stop() {
        loop.stop();
        flusher.all().forEach(Run::lost);
    }

    Run prepare(RunRequest request) {
        return new Run(request, UUID.randomUUID().toString(), flusher::nudge, this::finish);
    }

    private void finish(Run run) {
        Optional<RunKind> kind = kindOf(run.request().kind());
        if (kind.isEmpty()) {
            run.end();
        } else {
            run.tellConclusion();
            executor.execute(() -> finish(run, kind.get()));
        }
    }

    /** What fails here is tried again by whoever takes the run over. */
    private void finish(Run run, RunKind kind) {
        try {
            kind.keep(run.view(), RunState.of(run.conclusion().state())).forEach(event -> run.event(event.type(), event.json()));
            run.end();
        } catch (Exception failure) {
            LOG.log(Level.WARNING, "The answer of run " + run.id() + " cannot be kept now; it is tried again", failure);
            run.lost();
        }
    }

    Optional<RunKind> kindOf(String name) {
        return kinds.stream().filter(kind -> kind.kind().equals(name)).findFirst();
    }

    /** Takes care of a run that was opened. */
    void take(Run run) {
        flusher.add(run);
        run.stored().whenComplete((state, lost) -> executor.execute(() -> close(run)));
    }

    void begin(Run run, RunWork work) {
        queued.put(run.id(), work);
        loop.nudge();
    }

    void leave(Run run) {
        flusher.remove(run);
    }

    /** Hears at once that a run is to stop, if it is of this node. */
    void stopped(String id) {
        flusher.all().stream().filter(run -> run.id().equals(id)).forEach(run -> stop(run, "stopped"));
    }

    private void renew() {
        List<Run> runs = List.copyOf(flusher.all());
        if (runs.isEmpty()) {
            return;
        }
        List<String> fates = store.renew(runs);
        for (int i = 0; i < runs.size(); i++) {
            meet(runs.get(i), fates.get(i));
        }
    }

    private void meet(Run run, String fate) {
        switch (fate) {
            case "lost" -> run.lost();
            case "gone" -> restore(run);
            default -> goOn(run, fate.startsWith("1"), fate.substring(2));
        }
    }

    private void goOn(Run run, boolean turn, String stop) {
        run.trusted();
        if (!stop.isEmpty()) {
            stop(run, stop);
        } else if (run.age().compareTo(MAX_AGE) > 0) {
            stop(run, "too-long");
        } else if (turn && run.isQueued()) {
            turn(run);
        }
        run.tellStateAfter(SILENCE);
        flusher.nudge();
    }

    private void restore(Run run) {
        if (store.restore(run)) {
            LOG.log(Level.WARNING, "The run {0} was not in Redis any more and was stored again", run.id());
        }
    }

    /** One that has not begun ends here; others by what makes them. */
    private void stop(Run run, String why) {
        RunWork notBegun = queued.remove(run.id());
        run.stop(why);
        if (notBegun != null) {
            run.stopped(null);
        }
    }

    private void turn(Run run) {
        RunWork work = queued.remove(run.id());
        if (work != null) {
            run.begin();
            executor.execute(() -> make(run, work));
        }
    }

    private static void make(Run run, RunWork work) {
        try {
            work.begin(run);
        } catch (ProblemException known) {
            run.fail(known.problem(), null);
        } catch (Exception failure) {
            LOG.log(Level.WARNING, "The answer of run " + run.id() + " cannot be made", failure);
            run.fail(failed(), null);
        }
    }

    private static Problem failed() {
        return ProblemException.unavailable("The answer cannot be made right now; ask again.").problem();
    }

    private void close(Run run) {
        flusher.remove(run);
        queued.remove(run.id());
        try {
            store.close(run.id());
            loop.nudge();
        } catch (LogUnavailable away) {
            LOG.log(Level.FINE, "A run is closed by the next sweep", away);
        }
    }
}

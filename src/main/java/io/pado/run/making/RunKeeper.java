package io.pado.run.making;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.FailureSeries;
import io.pado.platform.problem.Problem;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.log.LogUnavailable;
import io.pado.run.RunKind;
import io.pado.run.RunRequest;
import io.pado.run.RunState;
import io.pado.run.WhenBusy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the runs of this node alive: renews them, begins them when it is their turn, hears that they are to stop, and closes those that have ended. */
@ApplicationScoped
class RunKeeper {

    private static final Logger LOG = Logger.getLogger(RunKeeper.class.getName());
    private static final Duration BETWEEN = Duration.ofMillis(400);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration MAX_AGE = Duration.ofMinutes(15);
    /** After which a run that cannot be kept ends all the same. */
    private static final Duration GIVEN_UP = Duration.ofMinutes(30);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);
    /** Within which what makes an answer ends it, when it is told to. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    @Inject
    private RunStore store;
    @Inject
    private RunFlusher flusher;
    @Inject
    private RunConfig config;
    @Inject
    @Any
    private Instance<RunKind> kinds;
    @Resource
    private ManagedThreadFactory threads;
    @Resource
    private ManagedExecutorService executor;
    @Resource
    private ManagedScheduledExecutorService timer;

    private final BackgroundLoop loop = new BackgroundLoop("runs", () -> {
        renew();
        return BETWEEN.toMillis();
    });
    private final FailureSeries unkept = new FailureSeries("Answers cannot be kept now and are tried again");
    private final FailureSeries unmade = new FailureSeries("Answers cannot be made");
    private final Map<Run, RunWork> queued = new ConcurrentHashMap<>();
    /** Those that have not stopped the others of their rooms yet, as they were asked to. */
    private final Set<Run> interrupting = ConcurrentHashMap.newKeySet();

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    /** What is under way is ended by another node, which need not wait for the leases. */
    void stop(@Observes Shutdown shutdown) {
        loop.stop();
        List<Run> left = List.copyOf(flusher.all());
        try {
            flusher.flush();
            store.release(left);
        } catch (LogUnavailable away) {
            LOG.log(Level.INFO, "The last words of {0} answers are not told, and other nodes end these when their leases have ended", left.size());
        }
        left.forEach(Run::lost);
    }

    /** @return whether this node makes as many runs as it may. Those that are opened at this moment are not counted yet */
    boolean isFull() {
        return flusher.all().size() >= config.most();
    }

    Run prepare(RunRequest request) {
        return new Run(request, UUID.randomUUID().toString(), flusher::nudge, this::finish);
    }

    private void finish(Run run) {
        Optional<RunKind> kind = kindOf(run.request().kind());
        if (kind.isEmpty()) {
            run.end(List.of());
        } else {
            run.concluded().thenRun(() -> timer.execute(() -> keep(run, kind.get())));
            run.tellConclusion();
        }
    }

    /** What fails is tried again, here or by whoever takes the run over. */
    private void keep(Run run, RunKind kind) {
        if (!flusher.has(run)) {
            return;
        }
        try {
            run.end(kind.keep(run.view(), RunState.of(run.conclusion().state())));
        } catch (ProblemException never) {
            run.endFailed(never.problem());
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError failure) {
            LOG.log(Level.FINE, "The answer of run " + run.id() + " cannot be kept now", failure);
            unkept.failed(failure);
            if (run.age().compareTo(GIVEN_UP) > 0) {
                LOG.log(Level.WARNING, "The answer of run {0} could not be kept and is given up", run.id());
                run.endFailed(notKept());
            } else {
                timer.schedule(() -> keep(run, kind), BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
            }
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
        queued.put(run, work);
        if (run.request().busy() == WhenBusy.INTERRUPT) {
            interrupting.add(run);
        }
        if (!flusher.has(run)) {
            forget(run);
        }
        loop.nudge();
    }

    void leave(Run run) {
        run.discard();
        flusher.remove(run);
        forget(run);
    }

    private void forget(Run run) {
        queued.remove(run);
        interrupting.remove(run);
    }

    /** Hears at once that a run is to stop, if it is of this node. */
    void stopped(String id) {
        flusher.all().stream().filter(run -> run.id().equals(id)).forEach(run -> stop(run, "stopped"));
    }

    private void renew() {
        interruptOthers();
        List<Run> runs = List.copyOf(flusher.all());
        if (runs.isEmpty()) {
            return;
        }
        List<RunStore.Fate> fates = store.renew(runs);
        for (int i = 0; i < runs.size(); i++) {
            if (flusher.has(runs.get(i))) {
                meet(runs.get(i), fates.get(i));
            }
        }
    }

    /** Not before they begin: what is not stored must not have stopped anything. If Redis is away it is done when it is back. */
    private void interruptOthers() {
        for (Run run : interrupting) {
            store.interruptOthers(run);
            interrupting.remove(run);
        }
    }

    private void meet(Run run, RunStore.Fate fate) {
        switch (fate.kind()) {
            case LOST -> run.lost();
            case GONE -> restore(run);
            case ENDED -> run.trusted();
            default -> goOn(run, fate);
        }
    }

    private void goOn(Run run, RunStore.Fate fate) {
        run.trusted();
        if (!fate.stop().isEmpty()) {
            stop(run, fate.stop());
        } else if (run.age().compareTo(MAX_AGE) > 0) {
            stop(run, "too-long");
        } else if (fate.turn() && run.isQueued()) {
            turn(run);
        }
        if (run.isDeafFor(STOP_TIMEOUT)) {
            run.stopped(null);
        }
        run.tellStateAfter(SILENCE);
        flusher.nudge();
    }

    private void restore(Run run) {
        if (store.restore(run)) {
            LOG.log(Level.WARNING, "The run {0}, or its last steps, were not in Redis any more and were stored again", run.id());
        }
    }

    /** One that has not begun ends here; others by what makes them. */
    private void stop(Run run, String why) {
        RunWork notBegun = queued.remove(run);
        run.stop(why);
        if (notBegun != null) {
            run.stopped(null);
        }
    }

    private void turn(Run run) {
        RunWork work = queued.remove(run);
        if (work != null) {
            run.begin();
            try {
                executor.execute(() -> make(run, work));
            } catch (RejectedExecutionException full) {
                LOG.log(Level.WARNING, "The answer of run " + run.id() + " cannot begin", full);
                run.fail(failed(), null);
            }
        }
    }

    private void make(Run run, RunWork work) {
        try {
            work.begin(run);
        } catch (ProblemException known) {
            run.fail(known.problem(), null);
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError failure) {
            LOG.log(Level.FINE, "The answer of run " + run.id() + " cannot be made", failure);
            unmade.failed(failure);
            run.fail(failed(), null);
        }
    }

    /** What somebody is told whose answer was never kept. */
    static Problem notKept() {
        return ProblemException.failed("not-kept", "The answer could not be kept; ask again.").problem();
    }

    private static Problem failed() {
        return ProblemException.unavailable("The answer cannot be made right now; ask again.").problem();
    }

    private void close(Run run) {
        flusher.remove(run);
        forget(run);
        try {
            store.close(run.id());
            loop.nudge();
        } catch (LogUnavailable away) {
            LOG.log(Level.FINE, "A run is closed by the next sweep", away);
        }
    }
}

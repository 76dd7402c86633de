package io.pado.run.making;

import io.pado.platform.json.Json;
import io.pado.platform.problem.Problem;
import io.pado.realtime.Publication;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.EventLog.StateStep;
import io.pado.run.Ending;
import io.pado.run.RunKind;
import io.pado.run.RunRequest;
import io.pado.run.RunState;
import io.pado.run.RunView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A run that this node makes. What is said here is stored and told soon, in its order; nothing here waits for a store. The first ending counts, and
 * nothing that is said after it. Thread-safe.
 */
public final class Run {

    static final Duration KEPT = Duration.ofHours(24);
    static final String CONCLUSION = "conclusion";

    private static final int MAX_TEXT = 1_000_000;

    private final RunRequest request;
    private final String fence;
    private final Runnable waker;
    private final Consumer<Run> finisher;
    private final CompletableFuture<RunState> stored = new CompletableFuture<>();
    private final CompletableFuture<Void> concluded = new CompletableFuture<>();

    // All below guarded by this.
    private final Untold untold;
    private final Progress progress = new Progress();
    private final StopWish stop = new StopWish();
    private boolean over;
    private boolean doubtful;
    private Ending conclusion;

    /**
     * @param waker    is called when something is to be stored at once
     * @param finisher is called when the conclusion is known; keeps what is to be kept, and calls {@link #end}
     */
    Run(RunRequest request, String fence, Runnable waker, Consumer<Run> finisher) {
        this.request = request;
        this.fence = fence;
        this.waker = waker;
        this.finisher = finisher;
        this.untold = new Untold(request, fence);
    }

    /** @return the run's name */
    public String id() {
        return request.id();
    }

    /** @return what was asked for */
    public RunRequest request() {
        return request;
    }

    /** @return ends with the state in which the run ended, when that is stored; exceptionally if another node has taken the run over */
    public CompletionStage<RunState> stored() {
        return stored;
    }

    /** @return the text so far */
    public synchronized String text() {
        return untold.text();
    }

    /** Adds a piece of text. The first is told at once, others are joined for some milliseconds. */
    public void text(String added) {
        boolean tooLong;
        boolean isFirst;
        synchronized (this) {
            isFirst = progress.firstTextMillis() == null;
            if (over || conclusion != null || added.isEmpty()) {
                return;
            }
            tooLong = untold.length() + added.length() > MAX_TEXT;
            if (!tooLong) {
                progress.text();
                untold.addText(added);
            }
        }
        if (tooLong) {
            stop("too-long");
        } else if (isFirst || !wasTold(RunFlusher.BETWEEN)) {
            waker.run();
        }
    }

    /**
     * Tells something of the feature's own.
     *
     * @param type of the event
     * @param json its data
     */
    public void event(String type, String json) {
        say(type, json, Map.of());
    }

    /** The answer is whole. @param usage null if nobody counted */
    public void complete(String finishReason, Ending.Usage usage) {
        conclude(RunState.COMPLETED, finishReason, usage, null);
    }

    /** The answer was stopped. @param usage null if nobody counted */
    public void stopped(Ending.Usage usage) {
        conclude(RunState.STOPPED, "interrupted".equals(whyStopped().orElse("")) ? "interrupted" : "stopped", usage, null);
    }

    /** The answer failed. @param usage null if nobody counted */
    public void fail(Problem problem, Ending.Usage usage) {
        conclude(RunState.FAILED, "error", usage, problem);
    }

    /** @return why it is to be stopped, if somebody has asked for that */
    public synchronized Optional<String> whyStopped() {
        return stop.why();
    }

    /** @param action is called once when somebody asks for the end, at once if that was before; it must lead to an ending soon, and not block */
    public void onStop(Consumer<String> action) {
        Optional<String> asked;
        synchronized (this) {
            asked = stop.toldTo(action);
        }
        asked.ifPresent(action);
    }

    void stop(String why) {
        Consumer<String> action;
        synchronized (this) {
            if (stop.why().isPresent() || over && !"lost".equals(why)) {
                return;
            }
            action = stop.ask(why);
        }
        action.accept(why);
    }

    /** Another node has it, or it has ended there: what is said from now on is not told. */
    void lost() {
        discard();
        stop("lost");
        stored.completeExceptionally(new IllegalStateException("Another node has ended the run " + id()));
    }

    /** It was never there. */
    synchronized void discard() {
        over = true;
        untold.clear();
    }

    /** Whether what makes it was asked to end it so long ago, and has not. */
    synchronized boolean isDeafFor(Duration patience) {
        return conclusion == null && !over && stop.isOlderThan(patience);
    }

    /** @return done once another node can finish the run as this one would */
    CompletionStage<Void> concluded() {
        return concluded;
    }

    /** It is its turn. */
    synchronized void begin() {
        progress.begin();
        tellState();
    }

    /** Tells where it is, if nothing was told for some time. */
    synchronized void tellStateAfter(Duration silence) {
        if (!over && !progress.wasTold(silence)) {
            tellState();
        }
    }

    synchronized boolean isQueued() {
        return progress.state() == RunState.QUEUED && !over;
    }

    synchronized Duration age() {
        return progress.age();
    }

    String fence() {
        return fence;
    }

    /** @return steps to take; the same again until {@link #taken} is told */
    synchronized List<StateStep> steps(Function<Publication, EventLog.Entry> entries) {
        return doubtful ? List.of() : untold.steps(over, entries);
    }

    /** @param done whether the steps of {@link #steps} were done; if not, what became of the run will be known soon */
    void taken(boolean done) {
        boolean isLast;
        boolean isConclusion;
        RunState how;
        synchronized (this) {
            progress.told();
            doubtful = !done;
            List<StateStep> steps = done ? untold.taken() : List.of();
            isLast = over && !steps.isEmpty() && untold.isEmpty();
            isConclusion = steps.stream().anyMatch(step -> step.fields().containsKey(CONCLUSION));
            how = progress.state();
        }
        if (isConclusion) {
            concluded.complete(null);
        }
        if (isLast) {
            stored.complete(how);
        }
    }

    /** Its state in the store is as it should be. */
    synchronized void trusted() {
        doubtful = false;
    }

    /** @return number of the last step that was stored for sure */
    synchronized long storedSteps() {
        return untold.storedSteps();
    }

    synchronized Backup backup() {
        Map<String, String> fields = new HashMap<>(Map.of("state", progress.state().word(), "pieces", Integer.toString(untold.pieces())));
        if (concluded.isDone()) {
            fields.put(CONCLUSION, Json.text(conclusion));
        }
        return new Backup(untold.storedSteps(), untold.storedText(), fields);
    }

    /** @return whether something was told so short a time ago */
    synchronized boolean wasTold(Duration ago) {
        return progress.wasTold(ago);
    }

    private void tellState() {
        say("status", progress.status(id()), Map.of("state", progress.state().word()));
    }

    private void say(String type, String json, Map<String, String> fields) {
        synchronized (this) {
            if (over) {
                return;
            }
            untold.add(type, json, fields);
        }
        waker.run();
    }

    private void conclude(RunState how, String finishReason, Ending.Usage usage, Problem problem) {
        synchronized (this) {
            if (over || conclusion != null) {
                return;
            }
            untold.cut(true);
            conclusion = new Ending(id(), how.word(), finishReason, untold.text(), untold.pieces(), usage, progress.firstTextMillis(), problem);
        }
        finisher.accept(this);
    }

    /** Stores the conclusion, so that another node can finish what this one has begun. */
    synchronized void tellConclusion() {
        say("status", progress.status(id()), Map.of(CONCLUSION, Json.text(conclusion())));
    }

    synchronized Ending conclusion() {
        return conclusion;
    }

    /** Tells the last event. @param before what is told with it */
    void end(List<RunKind.RunEvent> before) {
        synchronized (this) {
            if (over) {
                return;
            }
            before.forEach(event -> untold.add(event.type(), event.json(), Map.of()));
            progress.end(RunState.of(conclusion.state()));
            String json = Json.text(conclusion);
            untold.add(Ending.TYPE, json, Map.of("state", conclusion.state(), "ended", json));
            over = true;
        }
        waker.run();
    }

    /** Tells the last event: a failure, whatever the conclusion was. */
    void endFailed(Problem problem) {
        synchronized (this) {
            conclusion = conclusion.failed(problem);
        }
        end(List.of());
    }

    /** @return it as far as it is known here */
    synchronized RunView view() {
        return RunView.of(request, untold.text());
    }
}

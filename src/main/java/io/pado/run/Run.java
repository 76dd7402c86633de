package io.pado.run;

import io.pado.platform.Json;
import io.pado.platform.Problem;
import io.pado.realtime.EventLog;
import io.pado.realtime.EventLog.StateStep;
import io.pado.realtime.Publication;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
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
    private final long openedNanos = System.nanoTime();
    private final CompletableFuture<RunState> stored = new CompletableFuture<>();
    private final CompletableFuture<Void> concluded = new CompletableFuture<>();

    // All below guarded by this.
    private final Untold untold;
    private RunState state = RunState.QUEUED;
    private long sinceNanos = openedNanos;
    private long beganNanos = openedNanos;
    private long toldNanos = openedNanos;
    private Long firstTextMillis;
    private boolean over;
    private boolean doubtful;
    private Ending conclusion;
    private String stop;
    private long stopNanos;
    private Consumer<String> stopper = why -> { };

    /**
     * Where a run is.
     *
     * @param runId     the run
     * @param state     {@code queued}, {@code waiting} or {@code streaming}
     * @param forMillis since when, milliseconds
     */
    @JsonbPropertyOrder({"runId", "state", "forMillis"})
    public record Status(String runId, String state, long forMillis) {
    }

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
            isFirst = firstTextMillis == null;
            if (over || conclusion != null || added.isEmpty()) {
                return;
            }
            tooLong = untold.length() + added.length() > MAX_TEXT;
            if (!tooLong) {
                begun();
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
        return Optional.ofNullable(stop);
    }

    /** @param action is called once when somebody asks for the end, at once if that was before; it must lead to an ending soon, and not block */
    public void onStop(Consumer<String> action) {
        Optional<String> asked;
        synchronized (this) {
            stopper = action;
            asked = Optional.ofNullable(stop);
        }
        asked.ifPresent(action);
    }

    void stop(String why) {
        Consumer<String> action;
        synchronized (this) {
            if (stop != null || over && !"lost".equals(why)) {
                return;
            }
            stop = why;
            stopNanos = System.nanoTime();
            action = stopper;
        }
        action.accept(why);
    }

    /** Another node has it, or it has ended there: what is said from now on is not told. */
    void lost() {
        synchronized (this) {
            over = true;
            untold.clear();
        }
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
        return stop != null && conclusion == null && !over && System.nanoTime() - stopNanos > patience.toNanos();
    }

    /** @return done once another node can finish the run as this one would */
    CompletionStage<Void> concluded() {
        return concluded;
    }

    /** It is its turn. */
    synchronized void begin() {
        state = RunState.WAITING;
        beganNanos = System.nanoTime();
        sinceNanos = beganNanos;
        tellState();
    }

    /** Tells where it is, if nothing was told for some time. */
    synchronized void tellStateAfter(Duration silence) {
        if (!over && System.nanoTime() - toldNanos > silence.toNanos()) {
            tellState();
        }
    }

    synchronized boolean isQueued() {
        return state == RunState.QUEUED && !over;
    }

    synchronized Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedNanos);
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
        synchronized (this) {
            toldNanos = System.nanoTime();
            doubtful = !done;
            List<StateStep> steps = done ? untold.taken() : List.of();
            isLast = over && !steps.isEmpty() && untold.isEmpty();
            isConclusion = steps.stream().anyMatch(step -> step.fields().containsKey(CONCLUSION));
        }
        if (isConclusion) {
            concluded.complete(null);
        }
        if (isLast) {
            stored.complete(state);
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

    /** @return the text that was stored for sure */
    synchronized String storedText() {
        return untold.storedText();
    }

    /** @return fields of the state that were stored for sure */
    synchronized Map<String, String> storedFields() {
        Map<String, String> fields = new HashMap<>(Map.of("state", state.word(), "pieces", Integer.toString(untold.pieces())));
        if (concluded.isDone()) {
            fields.put(CONCLUSION, Json.text(conclusion));
        }
        return fields;
    }

    /** @return whether something was told so short a time ago */
    boolean wasTold(Duration ago) {
        return System.nanoTime() - toldAt() < ago.toNanos();
    }

    private synchronized long toldAt() {
        return toldNanos;
    }

    private void begun() {
        if (firstTextMillis == null) {
            firstTextMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
            state = RunState.STREAMING;
            sinceNanos = System.nanoTime();
        }
    }

    private void tellState() {
        say("status", status(), Map.of("state", state.word()));
    }

    private synchronized String status() {
        return Json.text(new Status(id(), state.word(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos)));
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
            conclusion = new Ending(id(), how.word(), finishReason, untold.text(), untold.pieces(), usage, firstTextMillis, problem);
        }
        finisher.accept(this);
    }

    /** Stores the conclusion, so that another node can finish what this one has begun. */
    void tellConclusion() {
        say("status", status(), Map.of(CONCLUSION, Json.text(conclusion())));
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
            state = RunState.of(conclusion.state());
            String json = Json.text(conclusion);
            untold.add(Ending.TYPE, json, Map.of("state", state.word(), "ended", json));
            over = true;
        }
        waker.run();
    }

    /** @return it as far as it is known here */
    synchronized RunView view() {
        return RunView.of(request, untold.text());
    }
}

package io.pado.run;

import io.pado.platform.Json;
import io.pado.platform.Problem;
import io.pado.realtime.EventLog;
import io.pado.realtime.EventLog.StateStep;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Duration;
import java.util.ArrayList;
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
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder piece = new StringBuilder();
    private final List<Said> said = new ArrayList<>();
    private List<StateStep> taken = List.of();
    private RunState state = RunState.QUEUED;
    private long sinceNanos = openedNanos;
    private long beganNanos = openedNanos;
    private long toldNanos = openedNanos;
    private Long firstTextMillis;
    private int pieces;
    private long number;
    private boolean over;
    private boolean doubtful;
    private Ending conclusion;
    private String stop;
    private long stopNanos;
    private Consumer<String> stopper = why -> { };

    /** One event with what it changes. */
    private record Said(String type, String json, String text, Map<String, String> fields) {
    }

    /**
     * A piece of text.
     *
     * @param runId   the run
     * @param index   which piece, from 0
     * @param content the text
     */
    @JsonbPropertyOrder({"runId", "index", "content"})
    public record Piece(String runId, int index, String content) {
    }

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
        return text.toString();
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
            tooLong = text.length() + added.length() > MAX_TEXT;
            if (!tooLong) {
                begun();
                text.append(added);
                piece.append(added);
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
            said.clear();
            piece.setLength(0);
            taken = List.of();
        }
        stop("lost");
        stored.completeExceptionally(new IllegalStateException("Another node has ended the run " + id()));
    }

    /** It was never there. */
    synchronized void discard() {
        over = true;
        said.clear();
        taken = List.of();
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
        if (doubtful) {
            return List.of();
        }
        if (taken.isEmpty()) {
            cut(over);
            taken = said.stream().map(each -> step(each, entries)).toList();
            said.clear();
        }
        return taken;
    }

    /** @param done whether the steps of {@link #steps} were done; if not, what became of the run will be known soon */
    void taken(boolean done) {
        boolean isLast;
        boolean isConclusion;
        synchronized (this) {
            toldNanos = System.nanoTime();
            doubtful = !done;
            isLast = done && over && said.isEmpty() && !taken.isEmpty();
            isConclusion = done && taken.stream().anyMatch(step -> step.fields().containsKey(CONCLUSION));
            taken = done ? List.of() : taken;
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
        return number - taken.size();
    }

    /** @return the text that was stored for sure */
    synchronized String storedText() {
        int open = piece.length() + taken.stream().mapToInt(step -> step.text().length()).sum() + said.stream().mapToInt(each -> each.text().length()).sum();
        return text.substring(0, text.length() - open);
    }

    /** @return fields of the state that were stored for sure */
    synchronized Map<String, String> storedFields() {
        boolean isKnown = concluded.isDone();
        Map<String, String> fields = Map.of("state", state.word(), "pieces", Integer.toString(pieces));
        return isKnown ? Map.of("state", state.word(), "pieces", Integer.toString(pieces), CONCLUSION, Json.text(conclusion)) : fields;
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
            cut(true);
            said.add(new Said(type, json, "", fields));
        }
        waker.run();
    }

    private void conclude(RunState how, String finishReason, Ending.Usage usage, Problem problem) {
        synchronized (this) {
            if (over || conclusion != null) {
                return;
            }
            cut(true);
            conclusion = new Ending(id(), how.word(), finishReason, text.toString(), pieces, usage, firstTextMillis, problem);
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
            before.forEach(event -> said.add(new Said(event.type(), event.json(), "", Map.of())));
            state = RunState.of(conclusion.state());
            String json = Json.text(conclusion);
            said.add(new Said(Ending.TYPE, json, "", Map.of("state", state.word(), "ended", json)));
            over = true;
        }
        waker.run();
    }

    /** @return it as far as it is known here */
    synchronized RunView view() {
        return RunView.of(request, text.toString());
    }

    /** Makes an event of the text that waits. @param whole whether half a character at its end goes with it */
    private void cut(boolean whole) {
        int length = piece.length();
        if (length > 0 && !whole && Character.isHighSurrogate(piece.charAt(length - 1))) {
            length--;
        }
        if (length > 0) {
            String content = piece.substring(0, length);
            piece.delete(0, length);
            said.add(new Said("text", Json.text(new Piece(id(), pieces, content)), content,
                    Map.of("state", RunState.STREAMING.word(), "pieces", Integer.toString(pieces + 1))));
            pieces++;
        }
    }

    private StateStep step(Said each, Function<Publication, EventLog.Entry> entries) {
        List<Topic> topics = new ArrayList<>(List.of(RunTopics.of(id())));
        topics.addAll(request.also());
        number++;
        return new StateStep("run:" + id(), fence, number,
                topics.stream().map(topic -> entries.apply(new Publication(topic, each.type(), id(), each.json(), ""))).toList(),
                each.text(), each.fields(), KEPT);
    }
}

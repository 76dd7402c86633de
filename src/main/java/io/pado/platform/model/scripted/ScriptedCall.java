package io.pado.platform.model.scripted;

import io.pado.platform.model.ListenerQueue;
import io.pado.platform.model.ModelCall;
import io.pado.platform.model.ModelListener;
import io.pado.platform.model.ModelOutcome;
import io.pado.platform.model.ModelOutcome.Kind;
import io.pado.platform.model.ModelQuestion;
import io.pado.platform.model.ModelUsage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One scripted answer. The timer gives each word when its time has come; after a delay all that are due. */
final class ScriptedCall implements ModelCall {

    private static final long NANOS_OF_MILLI = 1_000_000;

    private final ModelQuestion question;
    private final List<String> words;
    private final boolean cut;
    private final long pace;
    private final ScheduledExecutorService timer;
    private final ListenerQueue queue;
    private final long started = System.nanoTime();
    private OptionalLong firstText = OptionalLong.empty(); // this and the next three are guarded by this
    private int given;
    private Optional<Future<?>> next = Optional.empty();
    private boolean over;

    /** @param words with the spaces between them; a word counts as one token */
    ScriptedCall(ModelQuestion question, List<String> words, Duration pace, ScheduledExecutorService timer, ModelListener listener,
                 Executor listeners) {
        this.question = question;
        this.words = words.subList(0, Math.min(words.size(), question.maxTokens().orElse(Integer.MAX_VALUE)));
        this.cut = this.words.size() < words.size();
        this.pace = pace.toNanos();
        this.timer = timer;
        this.queue = new ListenerQueue(listener, listeners, this::stop);
    }

    synchronized void begin() {
        if (pace == 0) {
            give(words.size());
        } else {
            await(1);
        }
    }

    /** @param word which one comes next, the first is 1 */
    private void await(int word) {
        long left = word * pace - (System.nanoTime() - started);
        next = Optional.of(timer.schedule(this::tick, Math.max(0, left), TimeUnit.NANOSECONDS));
    }

    private synchronized void tick() {
        if (over) {
            return;
        }
        give((int) Math.min(words.size(), Math.max(given + 1, (System.nanoTime() - started) / pace)));
        if (!over) {
            await(given + 1);
        }
    }

    private void give(int upTo) {
        if (firstText.isEmpty()) {
            firstText = OptionalLong.of((System.nanoTime() - started) / NANOS_OF_MILLI);
        }
        words.subList(given, upTo).forEach(queue::text);
        given = upTo;
        if (given == words.size()) {
            end(Kind.COMPLETED, Optional.of(cut ? "length" : "stop"), Optional.of(new ModelUsage(asked(), given)));
        }
    }

    /** Counts words, roughly as tokens are counted. */
    private long asked() {
        return question.messages().stream().mapToLong(message -> message.text().strip().split("\\s+").length).sum();
    }

    @Override
    public synchronized void stop() {
        end(Kind.STOPPED, Optional.empty(), Optional.empty());
    }

    private void end(Kind kind, Optional<String> reason, Optional<ModelUsage> usage) {
        if (!over) {
            over = true;
            next.ifPresent(waiting -> waiting.cancel(false));
            queue.end(new ModelOutcome(kind, reason, Optional.empty(), usage, firstText, ScriptedModel.NAME));
        }
    }
}

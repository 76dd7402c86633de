package io.pado.platform.model.openai;

import io.pado.platform.model.ListenerQueue;
import io.pado.platform.model.ModelCall;
import io.pado.platform.model.ModelFailure;
import io.pado.platform.model.ModelLimits;
import io.pado.platform.model.ModelListener;
import io.pado.platform.model.ModelOutcome;
import io.pado.platform.model.ModelOutcome.Kind;
import io.pado.platform.model.ModelQuestion;
import io.pado.platform.model.ModelUsage;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One answer of a real model: attempts with pauses between them until one has given text, and one end. Of its two locks this one is taken
 * last: attempts call it under theirs.
 */
final class OpenAiCall implements ModelCall, Attempt.Owner {

    private static final long NANOS_OF_MILLI = 1_000_000;

    private final OpenAiModel model;
    private final ModelQuestion question;
    private final ListenerQueue queue;
    private final long started = System.nanoTime();
    private Optional<Attempt> attempt = Optional.empty(); // this and all below are guarded by this
    private Optional<Future<?>> pause = Optional.empty();
    private OptionalLong firstText = OptionalLong.empty();
    private int attempts;
    private int characters;
    private boolean over;

    OpenAiCall(OpenAiModel model, ModelQuestion question, ModelListener listener) {
        this.model = model;
        this.question = question;
        this.queue = new ListenerQueue(listener, model.wiring().listeners(), this::stop);
    }

    /** Puts the question, for the first time or again. */
    void ask() {
        Attempt next;
        synchronized (this) {
            if (over) {
                return;
            }
            attempts++;
            next = new Attempt(new StreamingHttpCall(model.wiring(), model.limits().within(left())), this);
            attempt = Optional.of(next);
        }
        try {
            model.ask(question, next);
        } catch (RuntimeException refused) {
            next.onError(refused);
        }
    }

    @Override
    public void stop() {
        Optional<Attempt> current;
        synchronized (this) {
            current = attempt;
            end(Kind.STOPPED, Optional.empty(), Optional.empty(), Optional.empty());
        }
        current.ifPresent(asked -> asked.http().cancel());
    }

    @Override
    public synchronized void piece(String text) {
        if (over) {
            return;
        }
        if (firstText.isEmpty()) {
            firstText = OptionalLong.of((System.nanoTime() - started) / NANOS_OF_MILLI);
        }
        int room = model.limits().mostCharacters() - characters;
        characters += text.length();
        queue.text(text.length() <= room ? text : text.substring(0, whole(text, room)));
        if (text.length() > room) {
            fail(Failures.of(ModelFailure.TOO_LONG, false));
            attempt.ifPresent(asked -> asked.http().cancel());
        }
    }

    /** @return at most so many units of a text, without cutting a character */
    private static int whole(String text, int room) {
        return room > 0 && Character.isHighSurrogate(text.charAt(room - 1)) ? room - 1 : room;
    }

    @Override
    public synchronized void ended(Attempt.Ending ending) {
        if (over) {
            return;
        }
        if (ending.failure().isEmpty()) {
            model.answered();
            end(Kind.COMPLETED, ending.finishReason(), Optional.empty(), ending.usage());
            return;
        }
        ModelFailure failure = ending.failure().get();
        Optional<Duration> wait = pause(failure, ending.cause());
        if (wait.isPresent()) {
            pause = Optional.of(model.wiring().timer().schedule(this::ask, wait.get().toNanos(), TimeUnit.NANOSECONDS));
        } else {
            model.failed(failure, ending.cause());
            end(Kind.FAILED, ending.finishReason(), ending.failure(), ending.usage());
        }
    }

    private void fail(ModelFailure failure) {
        model.failed(failure, Optional.empty());
        end(Kind.FAILED, Optional.empty(), Optional.of(failure), Optional.empty());
    }

    private void end(Kind kind, Optional<String> finishReason, Optional<ModelFailure> failure, Optional<ModelUsage> usage) {
        if (!over) {
            over = true;
            pause.ifPresent(waiting -> waiting.cancel(false));
            queue.end(new ModelOutcome(kind, finishReason, failure, usage, firstText, model.name()));
        }
    }

    /** @return how long to wait before the question is put again; empty: not again */
    private Optional<Duration> pause(ModelFailure failure, Optional<Throwable> cause) {
        ModelLimits limits = model.limits();
        if (attempts > limits.retries() || !failure.retryable() || failure.code().equals(ModelFailure.TIMEOUT) && !connecting(cause)) {
            return Optional.empty();
        }
        Duration wanted = failure.retryAfterSeconds().isPresent()
                ? Duration.ofSeconds(failure.retryAfterSeconds().getAsLong()) : growing(limits);
        boolean bearable = wanted.compareTo(limits.longestPause()) <= 0 && wanted.compareTo(left()) < 0;
        return bearable ? Optional.of(wanted) : Optional.empty();
    }

    /** Half of it is chance, so that many calls do not come back at one moment. */
    private Duration growing(ModelLimits limits) {
        long most = limits.firstPause().toNanos() << Math.min(attempts - 1, 10);
        long bounded = Math.min(most, limits.longestPause().toNanos());
        return Duration.ofNanos(bounded / 2 + ThreadLocalRandom.current().nextLong(bounded / 2 + 1));
    }

    /** A model that was too slow once is not asked again, for that makes it slower; one that was not even reached is. */
    private static boolean connecting(Optional<Throwable> cause) {
        return cause.flatMap(failure -> Failures.cause(failure, HttpConnectTimeoutException.class)).isPresent();
    }

    private Duration left() {
        return model.limits().total().minusNanos(System.nanoTime() - started);
    }
}

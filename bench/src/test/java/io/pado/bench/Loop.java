package io.pado.bench;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One thread and one selector. All state of readers belongs to this thread; other threads ask it by {@link #ask}.
 * An unexpected failure ends the loop, and every later question fails with that cause.
 */
final class Loop implements AutoCloseable {
    private static final long TICK_MILLIS = 10;
    private static final long ANSWER_SECONDS = 60;

    /** Belongs to one channel; called on the loop's thread when the channel is ready. */
    @FunctionalInterface
    interface Handler {
        void ready(SelectionKey key);
    }

    /** A question from another thread and where its answer goes. */
    private record Question<T>(Callable<T> call, CompletableFuture<T> reply) {
        void answer() {
            try {
                reply.complete(call.call());
            } catch (Exception e) {
                reply.completeExceptionally(e);
            }
        }
    }

    private final Selector selector;
    private final Queue<Question<?>> asked = new ConcurrentLinkedQueue<>();
    private final List<Runnable> ticks = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile Throwable failure;

    Loop(String name) throws IOException {
        selector = Selector.open();
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs the question on the loop's thread and gives back its answer; waits 60 s at most. */
    <T> T ask(Callable<T> call) throws IOException, InterruptedException {
        Question<T> question = new Question<>(call, new CompletableFuture<>());
        asked.add(question);
        selector.wakeup();
        refuseIfFailed();
        try {
            return question.reply().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("failed on the loop's thread", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the loop gives no answer", e);
        }
    }

    /** Calls {@code tick} about every 10 ms from now on. To be called on the loop's thread. */
    void onTick(Runnable tick) {
        ticks.add(tick);
    }

    /** Ends the calls. To be called on the loop's thread, but not from within a tick. */
    void noTick(Runnable tick) {
        ticks.remove(tick);
    }

    /** Registers a non-blocking channel. To be called on the loop's thread. */
    SelectionKey register(SelectableChannel channel, int interest, Handler handler) throws IOException {
        return channel.register(selector, interest, handler);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        selector.wakeup();
        thread.join(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
        selector.close();
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(key -> ((Handler) key.attachment()).ready(key), TICK_MILLIS);
                for (Question<?> question = asked.poll(); question != null; question = asked.poll()) {
                    question.answer();
                }
                ticks.forEach(Runnable::run);
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            refuseIfFailed();
        }
    }

    /** Both sides call it, so a question that comes while the loop fails is refused by one of them. */
    private void refuseIfFailed() {
        Throwable cause = failure;
        for (Question<?> question = cause == null ? null : asked.poll(); question != null; question = asked.poll()) {
            question.reply().completeExceptionally(cause);
        }
    }
}

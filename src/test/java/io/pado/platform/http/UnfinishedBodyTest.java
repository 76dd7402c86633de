package io.pado.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.platform.HeldBytes;
import io.pado.platform.PlatformConfig;
import io.pado.platform.problem.ProblemException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A body whose peer has something to send all the time, though little of it is body. */
class UnfinishedBodyTest {

    private static final int LENGTH = 1_000;

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger dispatches = new AtomicInteger();
    private final Map<String, Object> attributes = new HashMap<>();
    private HeldBytes held = new HeldBytes(10 * LENGTH, 2 * LENGTH);
    private final OneByteEach input = new OneByteEach();
    private Runnable later;
    private Runnable deadline;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1) {

        @Override
        public void execute(Runnable task) {
            assertThat(later).isNull();
            later = task;
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long time, TimeUnit unit) {
            deadline = task;
            return super.schedule(task, time, unit);
        }
    };

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void othersHaveTheirTurnBeforeItIsReadOn() throws IOException {
        UnfinishedBody body = body();
        body.start();
        body.onDataAvailable();
        int turns = 1;
        while (later != null) {
            assertThat(reads.get()).isEqualTo(64 * turns);
            assertThat(dispatches).hasValue(0);
            Runnable next = later;
            later = null;
            next.run();
            turns++;
        }

        assertThat(turns).isEqualTo(LENGTH / 64 + 1);
        assertThat(dispatches).hasValue(1);
        assertThat(held.bytes()).isZero();
        assertThat(attributes.values()).singleElement().asString().contains("body=");
    }

    @Test
    void deadlineDoesNotEndItWhileItIsRead() throws Exception {
        UnfinishedBody body = body();
        body.start();
        Thread ending = new Thread(deadline);
        input.atFirst = () -> {
            ending.start();
            await().until(() -> ending.getState() == Thread.State.BLOCKED || ending.getState() == Thread.State.TERMINATED);
        };
        // As the server does.
        synchronized (input) {
            body.onDataAvailable();
            assertThat(dispatches).hasValue(0);
        }
        ending.join();

        assertThat(dispatches).hasValue(1);
        int before = reads.get();
        input.foreign = true;
        later.run();
        assertThat(reads).as("what comes now is of another request").hasValue(before);
        assertThat(dispatches).hasValue(1);
    }

    @Test
    void whatItTakesCountsForItsAddressUntilItIsOver() throws IOException {
        UnfinishedBody body = body();
        body.start();
        body.onDataAvailable();
        assertThat(held.bytes()).isBetween(64L, 128L);
        body.onError(new IOException("The client has gone"));
        assertThat(held.bytes()).isZero();
    }

    @Test
    void oneTooManyOfItsAddressIsRefused() throws IOException {
        held = new HeldBytes(10 * LENGTH, LENGTH);
        HeldBytes.Holding others = held.of("a");
        others.hold(LENGTH);
        UnfinishedBody body = body();
        body.start();
        body.onDataAvailable();

        assertThat(reads).hasValue(1);
        assertThat(dispatches).hasValue(1);
        assertThat(attributes.values()).singleElement().isInstanceOfSatisfying(ProblemException.class,
                refusal -> assertThat(refusal).hasMessageContaining("from your address"));
        assertThat(held.bytes()).isEqualTo(LENGTH);
    }

    /** A server keeps the deadline of each until it would have been. */
    @Test
    void timerDoesNotKeepWhatIsOver() throws IOException {
        WeakReference<UnfinishedBody> over = readToItsEnd();
        await().until(() -> {
            System.gc();
            return over.get() == null;
        });
        assertThat(timer.getQueue()).hasSize(1);
        deadline.run();
        assertThat(dispatches).hasValue(1);
    }

    private WeakReference<UnfinishedBody> readToItsEnd() throws IOException {
        UnfinishedBody body = body();
        body.start();
        body.onDataAvailable();
        while (later != null) {
            Runnable next = later;
            later = null;
            next.run();
        }
        assertThat(dispatches).hasValue(1);
        return new WeakReference<>(body);
    }

    private UnfinishedBody body() throws IOException {
        return new UnfinishedBody(answering(AsyncContext.class), answering(HttpServletRequest.class), held.of("a"), new PlatformConfig() {

            @Override
            public int bodySeconds() {
                return 60;
            }

            @Override
            public long maxBody() {
                return LENGTH;
            }
        }, timer);
    }

    private <T> T answering(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
            case "getInputStream" -> input;
            case "getRequestURL" -> new StringBuffer("http://localhost/api/x");
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "dispatch" -> dispatches.incrementAndGet();
            default -> null;
        }));
    }

    /** Always ready, with one byte. */
    private final class OneByteEach extends ServletInputStream {

        private Runnable atFirst = () -> { };
        private boolean foreign;

        @Override
        public int read(byte[] into) {
            if (reads.incrementAndGet() == 1) {
                atFirst.run();
            }
            return 1;
        }

        @Override
        public int read() {
            throw new AssertionError("not byte by byte");
        }

        @Override
        public boolean isReady() {
            assertThat(foreign).isFalse();
            return true;
        }

        @Override
        public boolean isFinished() {
            assertThat(foreign).isFalse();
            return reads.get() == LENGTH;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            assertThat(listener).isNotNull();
        }
    }
}

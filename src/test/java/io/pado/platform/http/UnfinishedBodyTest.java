package io.pado.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.PlatformConfig;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A body whose peer has something to send all the time, though little of it is body. */
class UnfinishedBodyTest {

    private static final int LENGTH = 1_000;

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger dispatches = new AtomicInteger();
    private final Map<String, Object> attributes = new HashMap<>();
    private final AtomicLong held = new AtomicLong();
    private Runnable later;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1) {

        @Override
        public void execute(Runnable task) {
            assertThat(later).isNull();
            later = task;
        }
    };

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void othersHaveTheirTurnBeforeItIsReadOn() throws IOException {
        UnfinishedBody body = new UnfinishedBody(answering(AsyncContext.class), answering(HttpServletRequest.class), held, new PlatformConfig() {

            @Override
            public int bodySeconds() {
                return 60;
            }

            @Override
            public long maxBody() {
                return LENGTH;
            }

            @Override
            public long mostUnfinished() {
                return LENGTH;
            }
        }, timer);
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
        assertThat(held).hasValue(0);
        assertThat(attributes.values()).singleElement().asString().contains("body=");
    }

    private <T> T answering(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
            case "getInputStream" -> new OneByteEach();
            case "getRequestURL" -> new StringBuffer("http://localhost/api/x");
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "dispatch" -> dispatches.incrementAndGet();
            default -> null;
        }));
    }

    /** Always ready, with one byte. */
    private final class OneByteEach extends ServletInputStream {

        @Override
        public int read(byte[] into) {
            reads.incrementAndGet();
            return 1;
        }

        @Override
        public int read() {
            throw new AssertionError("not byte by byte");
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public boolean isFinished() {
            return reads.get() == LENGTH;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            assertThat(listener).isNotNull();
        }
    }
}

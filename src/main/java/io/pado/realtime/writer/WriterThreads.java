package io.pado.realtime.writer;

import io.pado.realtime.Hearers;
import io.pado.realtime.Writers;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/**
 * The threads that may wait for slow peers, in one {@link GrowingPool}: virtual threads where they do not pin (24 and later,
 * JEP 491), else platform threads. No container context travels with a task: carrying it costs more than writing a frame
 * (measured), and a writer needs none. Those that may wait for a store, because a peer asks for something, are in another.
 */
@ApplicationScoped
public class WriterThreads {

    private static final int MAX_PLATFORM_THREADS = 1_024;
    /** What peers ask for at the same time; a store that hangs must not make a thread of each of them. */
    private static final int MAX_HEARERS = 128;
    private static final int FIRST_WITHOUT_PINNING = 24;

    @Resource
    private ManagedThreadFactory threads;
    @Resource
    private ManagedScheduledExecutorService timer;

    private GrowingPool pool;
    private GrowingPool hearers;

    @PostConstruct
    void start() {
        pool = Runtime.version().feature() < FIRST_WITHOUT_PINNING
                ? new GrowingPool(threads, threads, MAX_PLATFORM_THREADS)
                : new GrowingPool(virtualThreads(), threads, Integer.MAX_VALUE);
        // Commands ask databases, which need what the container gives its own threads.
        hearers = new GrowingPool(threads, threads, MAX_HEARERS);
    }

    /** The pool itself and no proxy: it is called for each frame and reader. */
    @Produces
    @Dependent
    Writers writers() {
        return pool;
    }

    /** Threads of their own: while they wait for a store, no frame of others does. */
    @Produces
    @Dependent
    @Typed(Hearers.class)
    Hearers hearers() {
        return hearers::execute;
    }

    /** For what has to happen soon, and never waits itself. */
    @Produces
    @Dependent
    @Typed(ScheduledExecutorService.class)
    ScheduledExecutorService timer() {
        return timer;
    }

    @PreDestroy
    void stop() {
        pool.stop();
        hearers.stop();
    }

    private static ThreadFactory virtualThreads() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("This Java has virtual threads but does not give them", broken);
        }
    }
}

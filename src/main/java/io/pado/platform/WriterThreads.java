package io.pado.platform;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads that may wait for slow peers. Where the runtime has virtual threads each task gets one of its own; on Java 17 a
 * {@link GrowingPool} adds threads while its own are stuck. No container context travels with a task: carrying it costs more
 * than writing a frame (measured), and a writer needs none.
 */
@ApplicationScoped
public class WriterThreads {

    @Resource
    private ManagedThreadFactory threads;

    private ExecutorService executor;

    @Produces
    @ApplicationScoped
    Executor writers() {
        executor = virtualThreads();
        if (executor == null) {
            executor = new GrowingPool(threads);
        }
        return executor;
    }

    @PreDestroy
    void stop() {
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException java17) {
            return null;
        } catch (IllegalAccessException | InvocationTargetException broken) {
            throw new IllegalStateException("This Java has virtual threads but does not give them", broken);
        }
    }
}

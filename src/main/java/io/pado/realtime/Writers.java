package io.pado.realtime;

import java.util.List;
import java.util.concurrent.Executor;

/** Runs tasks that may wait for slow peers; made in {@code realtime.writer}. */
@FunctionalInterface
public interface Writers extends Executor {

    /** Runs all of them, as if each was executed, in this order. @param tasks are not changed afterwards */
    default void executeAll(List<? extends Runnable> tasks) {
        tasks.forEach(this::execute);
    }
}

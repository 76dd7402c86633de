package io.pado.realtime;

import java.util.concurrent.Executor;

/** Runs what peers ask for, which may wait for a store, when the server's own threads are not to wait for it; made in {@code realtime.writer}. */
@FunctionalInterface
public interface Hearers extends Executor {
}

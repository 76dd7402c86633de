package io.pado.run.making;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Whether a run is to end, why, and who is told. Not thread-safe: guarded by its run. */
final class StopWish {

    private Optional<String> why = Optional.empty();
    private long sinceNanos;
    private Consumer<String> stopper = reason -> { };

    /** @return why it is to end, if somebody has asked for that */
    Optional<String> why() {
        return why;
    }

    boolean isOlderThan(Duration patience) {
        return why.isPresent() && System.nanoTime() - sinceNanos > patience.toNanos();
    }

    /** @param action who is told from now on. @return why, if that was asked before: then it is to be told at once */
    Optional<String> toldTo(Consumer<String> action) {
        stopper = action;
        return why;
    }

    /** Somebody asks for the end; the first one counts. @return who is to be told, outside of the run's lock */
    Consumer<String> ask(String reason) {
        why = Optional.of(reason);
        sinceNanos = System.nanoTime();
        return stopper;
    }
}

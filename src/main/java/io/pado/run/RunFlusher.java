package io.pado.run;

import io.pado.platform.BackgroundLoop;
import io.pado.realtime.EventLog.StateStep;
import io.pado.realtime.LogUnavailable;
import io.pado.realtime.Publisher;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stores and tells what the runs of this node say: all of them together, at once if nothing was told lately, else every 40 ms. */
@ApplicationScoped
class RunFlusher {

    static final Duration BETWEEN = Duration.ofMillis(40);

    private static final long UNTIL_NUDGED = 60_000;

    private final Publisher publisher;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("runs-told", () -> flush() ? BETWEEN.toMillis() : UNTIL_NUDGED);
    private final Map<String, Run> runs = new ConcurrentHashMap<>();

    @Inject
    RunFlusher(Publisher publisher) {
        this.publisher = publisher;
    }

    /** For the container's proxy only. */
    protected RunFlusher() {
        this(null);
    }

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    void nudge() {
        loop.nudge();
    }

    void add(Run run) {
        runs.put(run.id(), run);
    }

    void remove(Run run) {
        runs.remove(run.id(), run);
    }

    Collection<Run> all() {
        return runs.values();
    }

    /**
     * @return whether something was told
     * @throws LogUnavailable if the log does not answer; the same is told again later
     */
    synchronized boolean flush() {
        List<Run> telling = new ArrayList<>();
        List<StateStep> steps = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (Run run : runs.values()) {
            List<StateStep> own = run.steps(publisher::entry);
            if (!own.isEmpty()) {
                telling.add(run);
                counts.add(own.size());
                steps.addAll(own);
            }
        }
        if (steps.isEmpty()) {
            return false;
        }
        List<Boolean> done = publisher.take(steps);
        int from = 0;
        for (int i = 0; i < telling.size(); i++) {
            telling.get(i).taken(!done.subList(from, from + counts.get(i)).contains(false));
            from += counts.get(i);
        }
        return true;
    }
}

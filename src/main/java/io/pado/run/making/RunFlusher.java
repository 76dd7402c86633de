package io.pado.run.making;

import io.pado.platform.BackgroundLoop;
import io.pado.realtime.log.EventLog.StateStep;
import io.pado.realtime.log.LogRefused;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.log.Publisher;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
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

    private final BackgroundLoop loop = new BackgroundLoop("runs-told", () -> flush() || isBusy() ? BETWEEN.toMillis() : UNTIL_NUDGED);
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

    /** @return whether this node makes this very run */
    boolean has(Run run) {
        return runs.get(run.id()) == run;
    }

    private boolean isBusy() {
        return runs.values().stream().anyMatch(run -> run.wasTold(BETWEEN));
    }

    /**
     * @return whether something was told
     * @throws LogUnavailable if the log does not answer; the same is told again later
     */
    synchronized boolean flush() {
        Map<Run, List<StateStep>> telling = new LinkedHashMap<>();
        runs.values().forEach(run -> telling.put(run, run.steps(publisher::entry)));
        telling.values().removeIf(List::isEmpty);
        try {
            take(telling);
        } catch (LogRefused refused) {
            if (refused.topic().isEmpty()) {
                throw refused;
            }
            takeEach(telling);
        }
        return !telling.isEmpty();
    }

    private void take(Map<Run, List<StateStep>> telling) {
        List<Boolean> done = telling.isEmpty() ? List.of() : publisher.take(telling.values().stream().flatMap(List::stream).toList());
        int from = 0;
        for (Map.Entry<Run, List<StateStep>> each : telling.entrySet()) {
            int to = from + each.getValue().size();
            each.getKey().taken(!done.subList(from, to).contains(false));
            from = to;
        }
    }

    /** A topic that cannot take its events holds up the runs that tell something there, and no others. */
    private void takeEach(Map<Run, List<StateStep>> telling) {
        LogRefused last = null;
        for (Map.Entry<Run, List<StateStep>> each : telling.entrySet()) {
            try {
                take(Map.of(each.getKey(), each.getValue()));
            } catch (LogRefused refused) {
                last = refused;
            }
        }
        if (last != null) {
            throw last;
        }
    }
}

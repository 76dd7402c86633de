package io.pado.run.making;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.Backoff;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Stores and tells what the runs of this node say: all of them together, at once if nothing was told lately, else every 40 ms. One that has a topic
 * which takes no events is stuck: it is tried on its own from then on, after pauses that grow, and holds up no other.
 */
@ApplicationScoped
class RunFlusher {

    static final Duration BETWEEN = Duration.ofMillis(40);

    private static final long UNTIL_NUDGED = 60_000;
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    private final Publisher publisher;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("runs-told", () -> flush() || isBusy() ? BETWEEN.toMillis() : untilNudged());
    private final Map<String, Run> runs = new ConcurrentHashMap<>();
    private final Map<Run, Stuck> stuck = new HashMap<>(); // guarded by this

    /** Until when a run is not tried, by {@code System.nanoTime()}, and its failures. */
    private record Stuck(long until, Backoff failures) {

        boolean isDue() {
            return millisLeft() <= 0;
        }

        long millisLeft() {
            return TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
    }

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

    private synchronized long untilNudged() {
        return stuck.values().stream().mapToLong(each -> Math.max(1, each.millisLeft())).reduce(UNTIL_NUDGED, Math::min);
    }

    /**
     * @return whether something was to be told
     * @throws LogUnavailable if the log does not answer; the same is told again later
     */
    synchronized boolean flush() {
        stuck.keySet().removeIf(run -> !has(run));
        Map<Run, List<StateStep>> telling = steps(run -> !stuck.containsKey(run));
        try {
            take(telling);
        } catch (LogRefused refused) {
            requireOfOneTopic(refused);
            takeEach(telling);
        }
        Map<Run, List<StateStep>> again = steps(run -> stuck.containsKey(run) && stuck.get(run).isDue());
        takeEach(again);
        return !telling.isEmpty() || !again.isEmpty();
    }

    private Map<Run, List<StateStep>> steps(Predicate<Run> which) {
        Map<Run, List<StateStep>> steps = new LinkedHashMap<>();
        runs.values().stream().filter(which).forEach(run -> steps.put(run, run.steps(publisher::entry)));
        steps.values().removeIf(List::isEmpty);
        return steps;
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
        telling.forEach((run, steps) -> {
            Stuck before = stuck.get(run);
            Backoff failures = before == null ? new Backoff("Telling what run " + run.id() + " says", MAX_PAUSE.toMillis()) : before.failures();
            try {
                take(Map.of(run, steps));
                failures.succeeded();
                stuck.remove(run);
            } catch (LogRefused refused) {
                requireOfOneTopic(refused);
                stuck.put(run, new Stuck(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(failures.failed(refused)), failures));
            }
        });
    }

    private static void requireOfOneTopic(LogRefused refused) {
        if (refused.topic().isEmpty()) {
            throw refused;
        }
    }
}

package io.pado.realtime.hub;

import io.pado.realtime.Envelope;
import io.pado.realtime.Topic;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.LogRefused;
import io.pado.realtime.log.LogSlice;
import io.pado.realtime.log.LogUnavailable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Reads the log for those that join. Joins of the same moment share one read: those that come while a read is under way wait for the next one,
 * which is for all of them. Thread-safe.
 */
final class LogReads {

    /** A script keeps Redis from everything else while it runs. */
    private static final int MAX_TOPICS = 200;
    /** The same without events. */
    private static final int MAX_TOPS = 1_000;

    private final EventLog log;
    private final Executor writers;
    private final List<Wanted> waiting = new ArrayList<>(); // guarded by this
    private boolean reading; // guarded by this

    private record Wanted(Map<Topic, Long> after, CompletableFuture<LogSlice> answer) {
    }

    LogReads(EventLog log, Executor writers) {
        this.log = log;
        this.writers = writers;
    }

    /**
     * Asks where topics stand, some of them at a time.
     *
     * @return with the log's place at the first of these moments; what each topic had by then is told
     * @throws LogUnavailable if the log does not answer
     */
    EventLog.Tops tops(Set<Topic> topics) {
        List<Topic> asked = List.copyOf(topics);
        EventLog.Tops first = log.tops(asked.subList(0, Math.min(MAX_TOPS, asked.size())));
        Map<Topic, Long> tops = new HashMap<>(first.tops());
        for (int from = MAX_TOPS; from < asked.size(); from += MAX_TOPS) {
            EventLog.Tops next = log.tops(asked.subList(from, Math.min(from + MAX_TOPS, asked.size())));
            if (!next.epoch().equals(first.epoch())) {
                // It began anew in between.
                return tops(topics);
            }
            tops.putAll(next.tops());
        }
        return new EventLog.Tops(first.epoch(), first.sequence(), tops);
    }

    /** @return where the log stands; no events */
    LogSlice position() {
        return after(Map.of());
    }

    /**
     * Asks where the log stands, and does not wait. A writer must not wait for a read: it may be the thread that is to read next.
     *
     * @return done with no events, or with {@link LogUnavailable} if the log does not answer
     */
    CompletableFuture<LogSlice> positionLater() {
        return request(Map.of(), writers);
    }

    /**
     * Reads what topics hold after a place, {@link Join#PAGE} events of each at most.
     *
     * @throws LogUnavailable if the log does not answer
     */
    LogSlice after(Map<Topic, Long> places) {
        CompletableFuture<LogSlice> answer = request(places, Runnable::run);
        try {
            return answer.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof LogRefused refused) {
                throw new LogRefused(refused);
            }
            if (failure.getCause() instanceof LogUnavailable away) {
                throw new LogUnavailable(away);
            }
            throw failure;
        }
    }

    /** @param first where the read is done if none is under way */
    private CompletableFuture<LogSlice> request(Map<Topic, Long> places, Executor first) {
        Wanted wanted = new Wanted(places, new CompletableFuture<>());
        boolean none;
        synchronized (this) {
            waiting.add(wanted);
            none = !reading;
            reading = true;
        }
        if (none) {
            first.execute(this::readOnce);
        }
        return wanted.answer();
    }

    /** Reads for those that wait, and leaves those that came meanwhile to another thread. */
    private void readOnce() {
        List<Wanted> together = next();
        try {
            LogSlice read = log.read(places(together), Join.PAGE);
            together.forEach(each -> answer(each, read, together.size()));
        } catch (RuntimeException | Error failure) {
            // Whatever it is, nobody must wait for ever.
            together.forEach(each -> each.answer().completeExceptionally(failure));
        } finally {
            boolean more;
            synchronized (this) {
                more = !waiting.isEmpty();
                reading = more;
            }
            if (more) {
                writers.execute(this::readOnce);
            }
        }
    }

    private synchronized List<Wanted> next() {
        int topics = 0;
        int count = 0;
        while (count < waiting.size() && (count == 0 || topics + waiting.get(count).after().size() <= MAX_TOPICS)) {
            topics += waiting.get(count).after().size();
            count++;
        }
        List<Wanted> first = List.copyOf(waiting.subList(0, count));
        waiting.subList(0, count).clear();
        return first;
    }

    private static Map<Topic, Long> places(List<Wanted> together) {
        Map<Topic, Long> places = new HashMap<>();
        together.forEach(each -> each.after().forEach((topic, place) -> places.merge(topic, place, Math::min)));
        return places;
    }

    /** What others asked for may have cut the answer off, or have holes that are none here; then it is asked for alone. */
    private void answer(Wanted wanted, LogSlice read, int together) {
        boolean mine = together == 1 || read.complete() && read.holes().stream().noneMatch(wanted.after()::containsKey);
        if (!mine) {
            try {
                wanted.answer().complete(log.read(wanted.after(), Join.PAGE));
            } catch (RuntimeException failure) {
                wanted.answer().completeExceptionally(failure);
            }
            return;
        }
        wanted.answer().complete(together == 1 ? read : part(wanted.after(), read));
    }

    private static LogSlice part(Map<Topic, Long> after, LogSlice read) {
        List<Envelope> events = after.isEmpty() ? List.of() : read.events().stream()
                .filter(event -> after.getOrDefault(event.topic(), Long.MAX_VALUE) < event.id().sequence()).collect(Collectors.toList());
        return new LogSlice(read.epoch(), read.sequence(), events, Set.of(), true);
    }
}

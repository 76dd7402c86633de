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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * Reads the log for those that join. Joins of the same moment share one read: those that come while a read is under way wait for the next one,
 * which is for all of them. It runs on the thread of one of them: a task of the writers would wait behind the frames of all whose streams are just
 * opening. Thread-safe.
 */
final class LogReads {

    /** A script keeps Redis from everything else while it runs. */
    private static final int MAX_TOPICS = 200;

    private final EventLog log;
    private final List<Wanted> waiting = new ArrayList<>(); // guarded by this
    private boolean reading; // guarded by this

    /** @param woken completed when there is an answer, or when it is this one's turn to read */
    private record Wanted(Map<Topic, Long> after, CompletableFuture<LogSlice> answer, CompletableFuture<Void> woken) {

        void answer(LogSlice slice) {
            answer.complete(slice);
            woken.complete(null);
        }

        void fail(Throwable failure) {
            answer.completeExceptionally(failure);
            woken.complete(null);
        }
    }

    LogReads(EventLog log) {
        this.log = log;
    }

    /** @return where the log stands; no events */
    LogSlice position() {
        return after(Map.of());
    }

    /**
     * Reads what topics hold after a place, {@link Join#PAGE} events of each at most.
     *
     * @throws LogUnavailable if the log does not answer
     */
    LogSlice after(Map<Topic, Long> places) {
        Wanted mine = new Wanted(places, new CompletableFuture<>(), new CompletableFuture<>());
        boolean first;
        synchronized (this) {
            waiting.add(mine);
            first = !reading;
            reading = true;
        }
        if (!first) {
            mine.woken().join();
        }
        if (!mine.answer().isDone()) {
            readOnce();
        }
        try {
            return mine.answer().join();
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

    /** Reads for those that wait, and leaves those that came meanwhile to the first of them. */
    private void readOnce() {
        List<Wanted> together = next();
        try {
            LogSlice read = readAndHandOver(places(together));
            together.forEach(each -> answer(each, read, together.size()));
        } catch (RuntimeException | Error failure) {
            // Whatever it is, nobody must wait for ever.
            together.forEach(each -> each.fail(failure));
        }
    }

    private LogSlice readAndHandOver(Map<Topic, Long> places) {
        try {
            return log.read(places, Join.PAGE);
        } finally {
            handOver();
        }
    }

    private void handOver() {
        Optional<Wanted> next;
        synchronized (this) {
            next = waiting.stream().findFirst();
            reading = next.isPresent();
        }
        next.ifPresent(first -> first.woken().complete(null));
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
                wanted.answer(log.read(wanted.after(), Join.PAGE));
            } catch (RuntimeException failure) {
                wanted.fail(failure);
            }
            return;
        }
        wanted.answer(together == 1 ? read : part(wanted.after(), read));
    }

    private static LogSlice part(Map<Topic, Long> after, LogSlice read) {
        List<Envelope> events = after.isEmpty() ? List.of() : read.events().stream()
                .filter(event -> after.getOrDefault(event.topic(), Long.MAX_VALUE) < event.id().sequence()).collect(Collectors.toList());
        return new LogSlice(read.epoch(), read.sequence(), events, Set.of(), true);
    }
}

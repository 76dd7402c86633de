package io.pado.feed.watch;

import io.pado.realtime.EventId;
import io.pado.realtime.Publication;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.log.Publisher;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes what is published instead of the log, each idempotency key once; refuses a type some times if it is to. */
final class PublishedEvents extends Publisher {

    private final Map<String, Publication> byKey = new ConcurrentHashMap<>();
    private final Queue<List<Publication>> steps = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();

    @Override
    public List<EventId> publishAll(List<Publication> publications) {
        if (publications.stream().anyMatch(each -> refused.remove(each.type()))) {
            throw new LogUnavailable(null);
        }
        steps.add(List.copyOf(publications));
        publications.forEach(each -> byKey.putIfAbsent(each.idempotencyKey(), each));
        return List.of();
    }

    void refuse(String type, int times) {
        refused.addAll(Collections.nCopies(times, type));
    }

    boolean isRefusing() {
        return !refused.isEmpty();
    }

    /** What was published in one step each, oldest first, if anything of it begins so. */
    List<List<String>> steps(String prefix) {
        return steps.stream().map(step -> step.stream().map(Publication::json).filter(json -> json.startsWith(prefix)).toList())
                .filter(step -> !step.isEmpty()).toList();
    }

    long count(String type) {
        return byKey.values().stream().filter(each -> each.type().equals(type)).count();
    }

    boolean has(String json) {
        return byKey.values().stream().anyMatch(each -> each.json().equals(json));
    }
}

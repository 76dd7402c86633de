package io.pado.feed.watch;

import io.pado.realtime.EventId;
import io.pado.realtime.Publication;
import io.pado.realtime.log.Publisher;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes what is published instead of the log, each idempotency key once. */
final class PublishedEvents extends Publisher {

    private final Map<String, Publication> byKey = new ConcurrentHashMap<>();
    private final Queue<List<Publication>> steps = new ConcurrentLinkedQueue<>();

    @Override
    public List<EventId> publishAll(List<Publication> publications) {
        steps.add(List.copyOf(publications));
        publications.forEach(each -> byKey.putIfAbsent(each.idempotencyKey(), each));
        return List.of();
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

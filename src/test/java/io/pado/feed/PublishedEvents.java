package io.pado.feed;

import io.pado.realtime.EventId;
import io.pado.realtime.Publication;
import io.pado.realtime.log.Publisher;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Takes what is published instead of the log, each idempotency key once. */
final class PublishedEvents extends Publisher {

    private final Map<String, Publication> byOnce = new ConcurrentHashMap<>();

    @Override
    public List<EventId> publishAll(List<Publication> publications) {
        publications.forEach(each -> byOnce.putIfAbsent(each.idempotencyKey(), each));
        return List.of();
    }

    long count(String type) {
        return byOnce.values().stream().filter(each -> each.type().equals(type)).count();
    }

    boolean has(String json) {
        return byOnce.values().stream().anyMatch(each -> each.json().equals(json));
    }
}

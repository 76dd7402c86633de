package io.pado.feed.watch;

import io.pado.feed.FeedTopics;
import io.pado.platform.json.Json;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.audience.Audiences;
import io.pado.realtime.log.LogRefused;
import io.pado.realtime.log.Publisher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives the log what the watch has to tell; a topic that cannot take its events holds up no other. Of the watch's thread. */
@ApplicationScoped
class FeedEvents {

    @Inject
    Publisher publisher;
    @Inject
    private RefusedEvents refused;

    /** Topics of which events may wait in the outbox: what follows must not overtake them. */
    private final Set<Topic> behind = new HashSet<>();
    private long kept;

    /** Goes on after another node, or this one, has published. @param waiting topics of which events may wait in the outbox */
    void goOn(Set<Topic> waiting) {
        behind.clear();
        behind.addAll(waiting);
    }

    /** @return topics of which events may wait in the outbox */
    Set<Topic> behind() {
        return behind;
    }

    /** @return how many events had to wait in the outbox; what is repeated counts again */
    long kept() {
        return kept;
    }

    /**
     * Publishes in one step, all but what has to wait.
     *
     * @throws io.pado.realtime.log.LogUnavailable if some may not have been stored; publishing them again is safe
     */
    void publish(List<Publication> publications) {
        List<Publication> rest = new ArrayList<>(publications);
        Set<Topic> asked = rest.stream().map(Publication::topic).filter(behind::contains).collect(Collectors.toSet());
        if (!asked.isEmpty()) {
            Set<Topic> waiting = refused.waiting(asked);
            behind.removeIf(topic -> asked.contains(topic) && !waiting.contains(topic));
            keep(waiting, rest);
        }
        while (!rest.isEmpty()) {
            try {
                publisher.publishAll(rest);
                return;
            } catch (LogRefused refusal) {
                keep(Set.of(refusal.topic().orElseThrow(() -> refusal)), rest);
            }
        }
    }

    private void keep(Set<Topic> topics, List<Publication> from) {
        List<Publication> some = from.stream().filter(each -> topics.contains(each.topic())).toList();
        refused.keep(some);
        from.removeIf(each -> topics.contains(each.topic()));
        behind.addAll(topics);
        kept += some.size();
    }

    /**
     * @param idempotencyKey names what was lost: the same loss is told once, whoever tells it
     * @return what tells readers to fetch again, and has open streams ask again what they hear
     */
    static List<Publication> reset(String idempotencyKey) {
        String json = "{\"type\":\"reset\",\"reason\":\"source\",\"detail\":"
                + Json.quoted("Changes of the database may have been missed. Fetch the current state again.") + '}';
        Publication rights = Audiences.changeForAll();
        return List.of(new Publication(rights.topic(), rights.type(), rights.key(), rights.json(), idempotencyKey + ".rights"),
                new Publication(FeedTopics.ALL, "reset", "", json, idempotencyKey + ".reset"));
    }
}

package io.pado.feed.watch;

import io.pado.feed.FeedTopics;
import io.pado.platform.json.Json;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.audience.Audiences;
import io.pado.realtime.sql.PatientPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Gives the log what the watch has to tell; a topic that cannot take its events holds up no other. Of the watch's thread. */
@ApplicationScoped
class FeedEvents {

    @Inject
    PatientPublisher publisher;

    /** Goes on after another node, or this one, has published. @param waiting topics of which events may wait in the outbox */
    void goOn(Set<Topic> waiting) {
        publisher.goOn(waiting);
    }

    /** @return topics of which events may wait in the outbox */
    Set<Topic> behind() {
        return publisher.behind();
    }

    /** @return how many events had to wait in the outbox; what is repeated counts again */
    long kept() {
        return publisher.kept();
    }

    /**
     * Publishes in one step, all but what has to wait.
     *
     * @throws io.pado.realtime.log.LogUnavailable if some may not have been stored; publishing them again is safe
     */
    void publish(List<Publication> publications) {
        publisher.publish(new ArrayList<>(publications));
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

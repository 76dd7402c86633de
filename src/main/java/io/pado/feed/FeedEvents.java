package io.pado.feed;

import io.pado.platform.Json;
import io.pado.realtime.Audiences;
import io.pado.realtime.LogRefused;
import io.pado.realtime.Publication;
import io.pado.realtime.Publisher;
import io.pado.realtime.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Gives the log what the watch has to tell. */
@ApplicationScoped
class FeedEvents {

    @Inject
    private Publisher publisher;
    @Inject
    private RefusedEvents refused;

    /**
     * Publishes in one step; a topic that cannot take its events holds up no other.
     *
     * @throws io.pado.realtime.LogUnavailable if some may not have been stored; publishing them again is safe
     */
    void publish(List<Publication> publications) {
        List<Publication> rest = new ArrayList<>(publications);
        while (!rest.isEmpty()) {
            try {
                publisher.publishAll(rest);
                return;
            } catch (LogRefused refusal) {
                Topic stuck = refusal.topic().orElseThrow(() -> refusal);
                List<Publication> kept = rest.stream().filter(each -> each.topic().equals(stuck)).toList();
                refused.keep(kept);
                rest.removeAll(kept);
            }
        }
    }


    /**
     * @param once names what was lost: the same loss is told once, whoever tells it
     * @return what tells readers to fetch again, and has open streams ask again what they hear
     */
    static List<Publication> reset(String once) {
        String json = "{\"type\":\"reset\",\"reason\":\"source\",\"detail\":"
                + Json.quoted("Changes of the database may have been missed. Fetch the current state again.") + '}';
        Publication rights = Audiences.changeForAll();
        return List.of(new Publication(rights.topic(), rights.type(), rights.key(), rights.json(), once + ".rights"),
                new Publication(FeedTopics.ALL, "reset", "", json, once + ".reset"));
    }
}

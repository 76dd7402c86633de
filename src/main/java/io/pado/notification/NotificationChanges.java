package io.pado.notification;

import io.pado.feed.Change;
import io.pado.feed.FeedTopics;
import io.pado.feed.MalformedDocument;
import io.pado.feed.Watched;
import io.pado.platform.json.Json;
import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.Fields;
import io.pado.realtime.Publication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;

/** A new notification is told to its user. */
@ApplicationScoped
public class NotificationChanges implements Watched {

    private static final String NOTIFICATION = "notification";

    /**
     * {@code data} of the event.
     *
     * @param id        the document's id
     * @param title     null if it has none
     * @param message   null if it has none
     * @param kind      null if it has none
     * @param link      null if it has none
     * @param createdAt UTC
     */
    @JsonbNillable
    @JsonbPropertyOrder({"id", "title", "message", "kind", "link", "createdAt"})
    public record NotificationEvent(String id, String title, String message, String kind, String link, Instant createdAt) {
    }

    @Override
    public String collection() {
        return "notifications";
    }

    @Override
    public List<String> fields() {
        return List.of("userId", "title", "message", "kind", "link", "createdAt");
    }

    @Override
    public List<Publication> told(Change change) {
        Fields document = change.after();
        long user = document.user("userId").orElseThrow(() -> new MalformedDocument("userId is no user's id"));
        String title = document.text("title").orElse(null);
        String message = document.text("message").orElse(null);
        if (title == null && message == null) {
            throw new MalformedDocument("it has neither title nor message");
        }
        NotificationEvent event = new NotificationEvent(DocumentIds.text(change.id()), title, message, document.text("kind").orElse(null),
                document.text("link").orElse(null), document.time("createdAt").orElse(change.time()));
        return List.of(new Publication(FeedTopics.of(user), NOTIFICATION, "", Json.text(event), ""));
    }
}

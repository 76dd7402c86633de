package io.pado.notification;

import io.pado.feed.Change;
import io.pado.feed.FeedTopics;
import io.pado.feed.MalformedDocument;
import io.pado.feed.Types;
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
    private static final String USER = "userId";
    private static final String TITLE = "title";
    private static final String MESSAGE = "message";
    private static final String KIND = "kind";
    private static final String LINK = "link";
    private static final String CREATED_AT = "createdAt";

    /**
     * {@code data} of the event.
     *
     * @param id        the document's id
     * @param title     the text's short form
     * @param message   the text
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
        return List.of(USER, TITLE, MESSAGE, KIND, LINK, CREATED_AT);
    }

    @Override
    public List<Publication> told(Change change) {
        Fields document = change.after();
        long user = document.user(USER).orElseThrow(() -> new MalformedDocument("userId is no user's id"));
        Types.requireTexts(document, TITLE, MESSAGE, KIND, LINK);
        Types.requireTimes(document, CREATED_AT);
        NotificationEvent event = new NotificationEvent(DocumentIds.text(change.id()), required(document, TITLE), required(document, MESSAGE),
                document.text(KIND).orElse(null), document.text(LINK).orElse(null), document.time(CREATED_AT).orElse(change.time()));
        return List.of(new Publication(FeedTopics.of(user), NOTIFICATION, "", Json.text(event), ""));
    }

    private static String required(Fields document, String name) {
        return document.text(name).orElseThrow(() -> new MalformedDocument("it has no " + name));
    }
}

package io.pado.notification;

import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.Fields;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import org.bson.Document;

/**
 * A notification as answers show it. What another program did not write, or in a way that cannot be understood, is null.
 *
 * @param id        its name
 * @param title     what it is about
 * @param message   what it says
 * @param kind      the sender's word for what it is
 * @param link      where to go: a path of this site, or an address
 * @param createdAt UTC, milliseconds
 * @param readAt    when it was read; null until then
 */
@JsonbNillable
@JsonbPropertyOrder({"id", "title", "message", "kind", "link", "createdAt", "readAt"})
public record NotificationView(String id, String title, String message, String kind, String link, Instant createdAt, Instant readAt) {

    static NotificationView of(Document document) {
        Fields fields = new Fields(document);
        return new NotificationView(DocumentIds.text(fields.id()), fields.text("title").orElse(null), fields.text("message").orElse(null),
                fields.text("kind").orElse(null), fields.text("link").orElse(null), fields.time("createdAt").orElse(null),
                fields.time("readAt").orElse(null));
    }
}

package io.pado.notification;

import io.pado.identity.user.UserNames;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.mongo.Page;
import io.pado.platform.mongo.PageRequest;
import io.pado.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;

/** What can be done with notifications. */
@ApplicationScoped
public class Notifications {

    @Inject
    private NotificationCollection collection;
    @Inject
    private UserNames users;
    @Inject
    private Clock clock;

    /**
     * Notifies a user.
     *
     * @return 201 with the notification; the same again for the same key
     * @throws ProblemException 422 if there is no such user
     */
    Answer send(long sender, IdempotencyKey key, NotificationRequest request) {
        return collection.insert(sender, key, () -> {
            if (users.of(List.of(request.userId())).isEmpty()) {
                throw ProblemException.invalid("userId", "is no user; send the id of one");
            }
            return document(request);
        });
    }

    /** @param unreadOnly whether those that were read are left out */
    Page<NotificationView> of(long userId, boolean unreadOnly, PageRequest page) {
        return collection.of(userId, unreadOnly, page).map(NotificationView::of);
    }

    /**
     * Says whether the user has read one. The first time counts.
     *
     * @throws ProblemException 404 unless it is theirs
     */
    NotificationView read(long userId, String id, boolean read) {
        return collection.read(userId, id, read ? Optional.of(Date.from(clock.instant())) : Optional.empty())
                .or(() -> collection.find(userId, id)).map(NotificationView::of).orElseThrow(() -> ProblemException.notFound("no-such-notification",
                        "You have no such notification; GET /api/notifications lists yours."));
    }

    private Document document(NotificationRequest request) {
        return new Document("_id", new ObjectId()).append("userId", request.userId()).append("title", request.title())
                .append("message", request.message()).append("kind", orNull(request.kind())).append("link", orNull(request.link()))
                .append("createdAt", Date.from(clock.instant())).append("readAt", null);
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}

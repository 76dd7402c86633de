package io.pado.chat;

import io.pado.identity.user.UserNames;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.mongo.Page;
import io.pado.platform.mongo.PageRequest;
import io.pado.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;

/** What is said in rooms, by and to who takes part. */
@ApplicationScoped
public class Messages {

    private static final String USER = "user";

    @Inject
    private Rooms rooms;
    @Inject
    private MessageCollection collection;
    @Inject
    private UserNames users;
    @Inject
    private Clock clock;

    /**
     * Says something.
     *
     * @return 201 with the message; the same again for the same key
     * @throws ProblemException 404 unless the caller takes part
     */
    Answer say(long caller, String roomId, IdempotencyKey key, String content) {
        return say(caller, roomId, key, content, clock.instant());
    }

    /** Says something, as {@link #say(long, String, IdempotencyKey, String)}. @param at when it was said */
    public Answer say(long caller, String roomId, IdempotencyKey key, String content, Instant at) {
        Object room = rooms.require(caller, roomId).get("_id");
        return collection.insert(caller, key, () -> new Document("_id", new ObjectId()).append("roomId", room).append("senderId", caller)
                .append("senderName", nameOf(caller)).append("senderType", USER).append("content", content)
                .append("createdAt", Date.from(at)));
    }

    /** @throws ProblemException 404 unless the caller takes part */
    Page<MessageView> in(long caller, String roomId, PageRequest page) {
        return collection.of(rooms.require(caller, roomId).get("_id"), page).map(MessageView::of);
    }

    /** @return the latest messages of a room, newest first; that the caller may see it has been checked */
    public List<MessageView> latest(ChatRoom room, int most) {
        return collection.of(room.id(), PageRequest.of("", Integer.toString(most))).map(MessageView::of).items();
    }

    /** @return a message of a room and those before it, newest first; nothing if there is no such message any more */
    public List<MessageView> upTo(ChatRoom room, String messageId, int most) {
        return collection.upTo(room.id(), messageId, most).stream().map(MessageView::of).toList();
    }

    private String nameOf(long caller) {
        return Optional.ofNullable(users.of(List.of(caller)).get(caller))
                .orElseThrow(() -> ProblemException.unauthorized("This user does not exist any more."));
    }
}

package io.pado.chat;

import com.mongodb.client.model.Filters;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.mongo.CollectionIndexes;
import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.Documents;
import io.pado.platform.mongo.Mongo;
import io.pado.platform.mongo.Page;
import io.pado.platform.mongo.PageRequest;
import io.pado.platform.mongo.Preparation;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The collection {@code chatmessages}. */
@ApplicationScoped
class MessageCollection implements Preparation {

    private static final String ROOM = "roomId";
    private static final List<String> FIELDS = List.of(ROOM, "senderId", "senderName", "senderType", "content", "createdAt");

    @Inject
    private Mongo mongo;

    private Documents documents;

    @PostConstruct
    void open() {
        documents = new Documents(mongo, "chatmessages", "", FIELDS, CollectionIndexes.newest(ROOM));
    }

    @Override
    public void prepare() {
        documents.prepare();
    }

    /** @param make makes the document; not called if the same request was answered before */
    Answer insert(long userId, IdempotencyKey key, Supplier<Document> make) {
        return documents.insert(userId, key, make, MessageView::of);
    }

    /** @param roomId the room's {@code _id} */
    Page<Document> of(Object roomId, PageRequest page) {
        return documents.page(in(roomId), page);
    }

    /** @return a message of a room and those before it, newest first; nothing if there is no such message */
    List<Document> upTo(Object roomId, String id, int most) {
        List<Document> found = new ArrayList<>();
        documents.find(Filters.and(in(roomId), Filters.in("_id", DocumentIds.candidates(id)))).stream().findFirst().ifPresent(message -> {
            found.add(message);
            found.addAll(documents.behind(message, in(roomId), most - 1));
        });
        return found;
    }

    boolean isEmpty(Object roomId) {
        return documents.count(in(roomId), 1) == 0;
    }

    private static Bson in(Object roomId) {
        return Filters.in(ROOM, DocumentIds.references(roomId));
    }
}

package io.pado.chat;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import io.pado.platform.Answer;
import io.pado.platform.IdempotencyKey;
import io.pado.platform.mongo.CollectionIndexes;
import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.IdempotentInserts;
import io.pado.platform.mongo.Mongo;
import io.pado.platform.mongo.Page;
import io.pado.platform.mongo.PageRequest;
import io.pado.platform.mongo.Pages;
import io.pado.platform.mongo.Preparation;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;
import org.bson.Document;

/** The collection {@code chatmessages}; read from the primary, for another member may not know yet what was just written. */
@ApplicationScoped
class MessageCollection implements Preparation {

    private static final String ROOM = "roomId";
    private static final List<String> FIELDS = List.of(ROOM, "senderId", "senderName", "senderType", "content", "createdAt");

    @Inject
    private Mongo mongo;

    private MongoCollection<Document> collection;
    private CollectionIndexes indexes;
    private IdempotentInserts inserts;
    private Pages pages;

    @PostConstruct
    void open() {
        collection = mongo.database().getCollection("chatmessages").withReadPreference(ReadPreference.primary());
        indexes = new CollectionIndexes(collection, CollectionIndexes.unique(IdempotentInserts.KEY), CollectionIndexes.newest(ROOM));
        inserts = new IdempotentInserts(collection, "");
        pages = new Pages(collection, FIELDS);
    }

    @Override
    public void prepare() {
        indexes.make();
    }

    /** @param make makes the document; not called if the same request was answered before */
    Answer insert(long userId, IdempotencyKey key, Supplier<Document> make) {
        indexes.require();
        return inserts.insert(userId, key, make, MessageView::of);
    }

    /** @param roomId the room's {@code _id} */
    Page<Document> of(Object roomId, PageRequest page) {
        return pages.read(Filters.in(ROOM, DocumentIds.references(roomId)), page);
    }
}

package io.pado.chat.persona;

import com.mongodb.ReadPreference;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import io.pado.platform.mongo.Mongo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.bson.Document;

/** The collection {@code intimacies}: how close characters and users are. Beside the answers that it grows with, so that one transaction holds both. */
@ApplicationScoped
public class IntimacyCollection {

    private static final String EXP = "exp";

    private final Mongo mongo;

    @Inject
    IntimacyCollection(Mongo mongo) {
        this.mongo = mongo;
    }

    /** For the container's proxy only. */
    protected IntimacyCollection() {
        this(null);
    }

    /** @return how close they are; level 1 without any answer yet */
    public IntimacyView of(long personaId, long userId) {
        Document found = collection().find(Filters.eq("_id", id(personaId, userId))).first();
        return IntimacyView.of(personaId, userId, found == null ? 0 : exp(found));
    }

    /** Adds some, in a transaction. @return how close they are then */
    public IntimacyView add(ClientSession transaction, long personaId, long userId, long exp) {
        Document after = collection().findOneAndUpdate(transaction, Filters.eq("_id", id(personaId, userId)),
                Updates.combine(Updates.inc(EXP, exp), Updates.setOnInsert("personaId", personaId), Updates.setOnInsert("userId", userId)),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
        return IntimacyView.of(personaId, userId, exp(after));
    }

    private static long exp(Document found) {
        return found.get(EXP) instanceof Number number ? number.longValue() : 0;
    }

    private static String id(long personaId, long userId) {
        return personaId + ":" + userId;
    }

    private MongoCollection<Document> collection() {
        return mongo.database().getCollection("intimacies").withReadPreference(ReadPreference.primary());
    }
}

package io.pado.stores.mongo;

import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Databases in memory, with all commands of mongo-java-server; their writes are told to a listener. */
final class Data extends MemoryBackend {

    /** Says which features clients may expect; the library's own number would hide those that are added here. */
    private static final MongoVersion VERSION = new MongoVersion() {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(6, 0, 0);
        }

        @Override
        public int getWireVersion() {
            return 17;
        }
    };
    private static final Channel NO_CLIENT = new EmbeddedChannel();

    private final Map<String, RecordedDatabase> databases = new TreeMap<>();
    private Change.Listener listener;

    Data(Change.Listener listener) {
        this.listener = listener;
        version(VERSION);
    }

    @Override
    public MemoryDatabase openOrCreateDatabase(String name) {
        return databases.computeIfAbsent(name, fresh -> new RecordedDatabase(fresh, getCursorRegistry(), change -> listener.changed(change)));
    }

    /** Does something whose changes are told to somebody else. */
    void telling(Change.Listener other, Runnable action) {
        Change.Listener usual = listener;
        listener = other;
        try {
            action.run();
        } finally {
            listener = usual;
        }
    }

    Document command(String database, String name, Document command) {
        return handleCommand(NO_CLIENT, database, name, command);
    }

    RecordedDatabase database(String name) {
        return (RecordedDatabase) resolveDatabase(name);
    }

    /** @return the collection, or {@code null} if there is none */
    RecordedCollection collection(Namespace namespace) {
        RecordedDatabase database = databases.get(namespace.database());
        return database == null ? null : database.collection(namespace.collection());
    }

    /** @return the collection, made now if there was none */
    RecordedCollection collectionOrNew(Namespace namespace) {
        return database(namespace.database()).collectionOrNew(namespace.collection());
    }

    /** @return the document as it is now, a copy, or {@code null} */
    Document find(Namespace namespace, Object id) {
        RecordedCollection collection = collection(namespace);
        Document found = collection == null ? null : collection.find(id);
        return found == null ? null : found.cloneDeeply();
    }

    /** @return the descriptions of a collection's indexes, without the one of {@code _id} */
    List<Document> indexes(Namespace namespace) {
        Document answer = command(namespace.database(), "listIndexes", new Document("listIndexes", namespace.collection()));
        return Bson.documents((Document) answer.get("cursor"), "firstBatch").stream().filter(index -> !"_id_".equals(index.get("name")))
                .map(Document::cloneDeeply).toList();
    }

    /** Makes an empty collection with these indexes. */
    RecordedCollection create(Namespace namespace, List<Document> indexes) {
        database(namespace.database()).createCollectionOrThrowIfExists(namespace.collection(), CollectionOptions.withDefaults());
        if (!indexes.isEmpty()) {
            command(namespace.database(), "createIndexes", new Document("createIndexes", namespace.collection()).append("indexes", indexes));
        }
        return collection(namespace);
    }

    List<RecordedDatabase> all() {
        return List.copyOf(databases.values());
    }

    /** Drops a database with all that is in it. */
    void drop(String name) {
        RecordedDatabase database = databases.get(name);
        if (database != null) {
            database.drop();
            listener.changed(Change.databaseDropped(name));
        }
    }
}

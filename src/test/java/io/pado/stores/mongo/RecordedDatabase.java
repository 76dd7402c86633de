package io.pado.stores.mongo;

import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import java.util.stream.StreamSupport;

/** A database whose collections tell of their writes, and which tells of collections that are dropped. */
final class RecordedDatabase extends MemoryDatabase {

    private final Change.Listener listener;

    RecordedDatabase(String name, CursorRegistry cursors, Change.Listener listener) {
        super(name, cursors);
        this.listener = listener;
    }

    /** Also called by the constructor above this one, for the server's own collections. */
    @Override
    protected MemoryCollection openOrCreateCollection(String name, CollectionOptions options) {
        return name.startsWith("system.") ? super.openOrCreateCollection(name, options)
                : new RecordedCollection(this, name, options, cursorRegistry, change -> listener.changed(change));
    }

    @Override
    public void dropCollection(String name, Oplog oplog) {
        super.dropCollection(name, oplog);
        listener.changed(Change.dropped(new Namespace(databaseName, name)));
    }

    /** @return the collection, or {@code null} if there is none */
    RecordedCollection collection(String name) {
        return resolveCollection(name, false) instanceof RecordedCollection found ? found : null;
    }

    /** @return the collection, made now if there was none */
    RecordedCollection collectionOrNew(String name) {
        return (RecordedCollection) resolveOrCreateCollection(name);
    }

    List<RecordedCollection> all() {
        return StreamSupport.stream(resolveCollection("system.namespaces", true).queryAll().spliterator(), false)
                .map(entry -> Namespace.parse((String) entry.get("name")).collection())
                .map(this::collection).filter(found -> found != null).toList();
    }

    /** Drops what is in it, each collection told. */
    void drop() {
        all().forEach(collection -> dropCollection(collection.getCollectionName(), NoopOplog.get()));
    }
}

package io.pado.stores.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import de.bwaldvogel.mongo.oplog.Oplog;

/** A collection that tells of each of its writes, whichever command did it: all of them come down to the three that are overridden here. */
final class RecordedCollection extends MemoryCollection {

    private final Change.Listener listener;
    private boolean replacing;

    RecordedCollection(MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors, Change.Listener listener) {
        super(database, name, options, cursors);
        this.listener = listener;
    }

    Namespace namespace() {
        return new Namespace(getDatabaseName(), getCollectionName());
    }

    /** @return the document with this id, the stored one itself, or {@code null} */
    Document find(Object id) {
        for (Document found : handleQuery(new Document("_id", new Document("$eq", id)))) {
            return found;
        }
        return null;
    }

    /** Puts this in the place of the document with the same id. */
    void replace(Document document) {
        updateDocuments(new Document("_id", new Document("$eq", document.get("_id"))), document.cloneDeeply(), ArrayFilters.empty(), false, false,
                NoopOplog.get());
    }

    @Override
    protected Integer addDocumentInternal(Document document) {
        Integer position = super.addDocumentInternal(document);
        listener.changed(Change.inserted(namespace(), document));
        return position;
    }

    @Override
    protected void removeDocument(Integer position) {
        Document removed = getDocument(position);
        super.removeDocument(position);
        listener.changed(Change.deleted(namespace(), removed));
    }

    @Override
    protected void handleUpdate(Integer position, Document before, Document after) {
        listener.changed(replacing ? Change.replaced(namespace(), before, after) : Change.updated(namespace(), before, after));
    }

    @Override
    public synchronized Document updateDocuments(Document selector, Document update, ArrayFilters arrayFilters, boolean multi, boolean upsert,
            Oplog oplog) {
        replacing = isReplacement(update);
        return super.updateDocuments(selector, update, arrayFilters, multi, upsert, oplog);
    }

    @Override
    public synchronized Document findAndModify(Document query) {
        replacing = query.get("update") instanceof Document update && isReplacement(update);
        Document answer = super.findAndModify(query);
        answer.putIfAbsent("lastErrorObject", new Document("updatedExisting", false).append("n", answer.get("value") == null ? 0 : 1));
        return answer;
    }

    private static boolean isReplacement(Document update) {
        return update.isEmpty() || !update.keySet().iterator().next().startsWith("$");
    }
}

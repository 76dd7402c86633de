package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A transaction: its statements work on copies of the collections that they name, made when each is named first. At the end the changes are made
 * to the real ones, all or none. Whoever commits first wins: a document that somebody else changed meanwhile is a conflict.
 */
final class Transaction {

    private static final Set<String> OTHER_COLLECTIONS = Set.of("from", "coll", "into", "$unionWith");
    private static final List<String> OF_SESSIONS = List.of("startTransaction", "autocommit", "txnNumber", "lsid", "readConcern", "writeConcern");

    private final long number;
    private final Document session;
    private final Data live;
    private final List<Change> changes = new ArrayList<>();
    private final Data copy = new Data(changes::add);
    private final Map<Namespace, Map<Object, Document>> originals = new HashMap<>();

    Transaction(long number, Document session, Data live) {
        this.number = number;
        this.session = session;
        this.live = live;
    }

    long number() {
        return number;
    }

    /** What each of its events has. */
    Document mark() {
        return new Document("lsid", session).append("txnNumber", number);
    }

    /** Does a statement, which nobody else sees. */
    Document run(Channel channel, String database, String name, Document command) {
        if (!"getMore".equals(name)) {
            Set<String> named = new HashSet<>();
            collectNames(command.get("pipeline"), named);
            if (command.get(name) instanceof String collection) {
                named.add(collection);
            }
            named.forEach(collection -> copy(new Namespace(database, collection)));
        }
        Document bare = command.clone();
        OF_SESSIONS.forEach(bare::remove);
        return Writes.run(name, bare, write -> copy.handleCommand(channel, database, name, write));
    }

    private static void collectNames(Object part, Set<String> named) {
        if (part instanceof Document document) {
            document.forEach((key, value) -> {
                if (value instanceof String name && OTHER_COLLECTIONS.contains(key)) {
                    named.add(name);
                }
                collectNames(value, named);
            });
        } else if (part instanceof Collection<?> parts) {
            parts.forEach(each -> collectNames(each, named));
        }
    }

    private void copy(Namespace namespace) {
        RecordedCollection source = live.collection(namespace);
        if (originals.containsKey(namespace)) {
            return;
        }
        Map<Object, Document> documents = new HashMap<>();
        originals.put(namespace, documents);
        if (source != null) {
            copy.telling(change -> { }, () -> {
                RecordedCollection target = copy.create(namespace, live.indexes(namespace));
                for (Document document : source.queryAll()) {
                    documents.put(document.get("_id"), document.cloneDeeply());
                    target.addDocument(document.cloneDeeply());
                }
            });
        }
    }

    /**
     * Makes the changes.
     *
     * @return what was changed, in order
     * @throws CommandFailure if it can only be done from the beginning again; nothing is changed then
     */
    List<Change> commit() {
        checkConflicts();
        List<Change> done = new ArrayList<>();
        live.telling(change -> { }, () -> {
            try {
                for (Change change : changes) {
                    make(change);
                    done.add(change);
                }
            } catch (RuntimeException conflict) {
                for (int i = done.size() - 1; i >= 0; i--) {
                    takeBack(done.get(i));
                }
                throw CommandFailure.writeConflict();
            }
        });
        return done;
    }

    private void checkConflicts() {
        Map<Namespace, Map<Object, Change>> firsts = new LinkedHashMap<>();
        changes.stream().filter(change -> change.id() != null).forEach(change ->
                firsts.computeIfAbsent(change.namespace(), any -> new LinkedHashMap<>()).putIfAbsent(change.id(), change));
        firsts.forEach((namespace, byId) -> byId.keySet().forEach(id -> {
            if (!Objects.equals(originals.get(namespace).get(id), live.find(namespace, id))) {
                throw CommandFailure.writeConflict();
            }
        }));
    }

    private void make(Change change) {
        RecordedCollection collection = live.collectionOrNew(change.namespace());
        switch (change.kind()) {
            case INSERT -> collection.addDocument(change.after().cloneDeeply());
            case UPDATE, REPLACE -> collection.replace(change.after());
            case DELETE -> collection.removeDocument(collection.find(change.id()));
            default -> throw CommandFailure.invalid(263, "OperationNotSupportedInTransaction", "Cannot do this in a transaction");
        }
    }

    private void takeBack(Change change) {
        RecordedCollection collection = live.collectionOrNew(change.namespace());
        switch (change.kind()) {
            case INSERT -> collection.removeDocument(collection.find(change.id()));
            case DELETE -> collection.addDocument(change.before().cloneDeeply());
            default -> collection.replace(change.before());
        }
    }
}

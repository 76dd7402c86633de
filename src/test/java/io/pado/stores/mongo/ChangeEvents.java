package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;
import io.pado.stores.mongo.Change.Kind;
import io.pado.stores.mongo.ChangeLog.Entry;
import java.util.function.BiFunction;

/** Makes the events that clients see. */
final class ChangeEvents {

    private final ChangeLog log;
    private final BiFunction<Namespace, Object, Document> lookup;

    /** @param lookup finds a document as it is now, or {@code null} */
    ChangeEvents(ChangeLog log, BiFunction<Namespace, Object, Document> lookup) {
        this.log = log;
        this.lookup = lookup;
    }

    /** @throws CommandFailure if the client insists on an image of the document that is not kept */
    Document of(Entry entry, StreamOptions options) {
        Change change = entry.change();
        Document event = head(entry, change.kind(), ResumeToken.Kind.EVENT);
        event.putAll(entry.session());
        addFullDocument(event, change, options);
        event.append("ns", change.kind() == Kind.DROP_DATABASE ? new Document("db", change.namespace().database()) : change.namespace().document());
        if (change.to() != null) {
            event.append("to", change.to().document());
        }
        if (change.id() != null) {
            event.append("documentKey", new Document("_id", change.id()));
        }
        if (change.description() != null) {
            event.append("updateDescription", change.description().cloneDeeply());
        }
        if (options.wantsBefore(change.kind())) {
            event.append("fullDocumentBeforeChange", image(change.before(), options.before()));
        }
        return event;
    }

    /** The one that says that nothing follows. */
    Document invalidate(Entry entry) {
        return head(entry, Kind.INVALIDATE, ResumeToken.Kind.INVALIDATE);
    }

    private Document head(Entry entry, Kind kind, ResumeToken.Kind token) {
        return new Document("_id", new ResumeToken(log.epoch(), entry.number(), token).document()).append("operationType", kind.word())
                .append("clusterTime", entry.time()).append("wallTime", entry.wall());
    }

    private void addFullDocument(Document event, Change change, StreamOptions options) {
        if (change.kind() == Kind.INSERT || change.kind() == Kind.REPLACE) {
            event.append("fullDocument", change.after().cloneDeeply());
        } else if (change.kind() == Kind.UPDATE) {
            switch (options.after()) {
                case "updateLookup" -> event.append("fullDocument", lookup.apply(change.namespace(), change.id()));
                case "whenAvailable", "required" -> event.append("fullDocument", image(change.after(), options.after()));
                default -> { }
            }
        }
    }

    private static Document image(Document kept, String mode) {
        if (kept == null && "required".equals(mode)) {
            throw CommandFailure.noImage();
        }
        return kept == null ? null : kept.cloneDeeply();
    }
}

package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;

/**
 * What one write did. Its documents are copies.
 *
 * @param namespace   where; of a dropped database the collection is empty
 * @param id          of the document; {@code null} if the change is one of a whole collection
 * @param before      the document as it was, or {@code null}
 * @param after       the document as it is now, or {@code null}
 * @param description of an update: what events call {@code updateDescription}
 * @param to          of a renamed collection: its new name
 */
record Change(Kind kind, Namespace namespace, Object id, Document before, Document after, Document description, Namespace to) {

    /** The types of events. */
    enum Kind {

        INSERT("insert"), UPDATE("update"), REPLACE("replace"), DELETE("delete"), DROP("drop"), RENAME("rename"), DROP_DATABASE("dropDatabase"),
        /** Not a change of its own: what ends a stream after another one. */
        INVALIDATE("invalidate");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As events have it. */
        String word() {
            return word;
        }
    }

    /** Who wants to know. */
    @FunctionalInterface
    interface Listener {

        void changed(Change change);
    }

    static Change inserted(Namespace namespace, Document after) {
        return new Change(Kind.INSERT, namespace, after.get("_id"), null, after.cloneDeeply(), null, null);
    }

    static Change updated(Namespace namespace, Document before, Document after) {
        Document now = after.cloneDeeply();
        return new Change(Kind.UPDATE, namespace, now.get("_id"), before.cloneDeeply(), now, UpdateDescription.of(before, now), null);
    }

    static Change replaced(Namespace namespace, Document before, Document after) {
        return new Change(Kind.REPLACE, namespace, after.get("_id"), before.cloneDeeply(), after.cloneDeeply(), null, null);
    }

    static Change deleted(Namespace namespace, Document before) {
        return new Change(Kind.DELETE, namespace, before.get("_id"), before.cloneDeeply(), null, null, null);
    }

    static Change dropped(Namespace namespace) {
        return new Change(Kind.DROP, namespace, null, null, null, null, null);
    }

    static Change renamed(Namespace from, Namespace to) {
        return new Change(Kind.RENAME, from, null, null, null, null, to);
    }

    static Change databaseDropped(String database) {
        return new Change(Kind.DROP_DATABASE, new Namespace(database, ""), null, null, null, null, null);
    }

    /** The same without what only serves to take it back or to show it to who asks for images. */
    Change withoutImages() {
        boolean carriesDocument = kind == Kind.INSERT || kind == Kind.REPLACE;
        return new Change(kind, namespace, id, null, carriesDocument ? after : null, description, to);
    }
}

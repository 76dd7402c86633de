package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;

/** A collection's full name. */
record Namespace(String database, String collection) {

    /** @param fullName database, a dot, collection */
    static Namespace parse(String fullName) {
        int dot = fullName.indexOf('.');
        return new Namespace(fullName.substring(0, dot), fullName.substring(dot + 1));
    }

    /** Whether it belongs to the server itself; changes of it are not told. */
    boolean isInternal() {
        return "local".equals(database) || "admin".equals(database) || "config".equals(database) || collection.startsWith("system.");
    }

    /** As events have it. */
    Document document() {
        return new Document("db", database).append("coll", collection);
    }

    @Override
    public String toString() {
        return database + '.' + collection;
    }
}

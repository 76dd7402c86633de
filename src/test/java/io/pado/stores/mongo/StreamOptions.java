package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import io.pado.stores.mongo.Change.Kind;
import io.pado.stores.mongo.ChangeLog.Entry;
import java.util.List;

/**
 * What a client wants of a stream of changes.
 *
 * @param database   whose changes
 * @param collection of one collection; {@code null} for all of the database
 * @param cluster    of all databases
 * @param after      which document goes with an update: {@code default}, {@code updateLookup}, {@code whenAvailable}, {@code required}
 * @param before     which document as it was before: {@code off}, {@code whenAvailable}, {@code required}
 * @param stages     of the pipeline, behind {@code $changeStream}
 * @param source     the {@code $changeStream} stage itself: where to start
 */
record StreamOptions(String database, String collection, boolean cluster, String after, String before, List<Document> stages, Document source) {

    private static final String SOURCE = "$changeStream";

    static boolean isStream(Document command) {
        List<Document> pipeline = Bson.documents(command, "pipeline");
        return !pipeline.isEmpty() && pipeline.get(0).containsKey(SOURCE);
    }

    static StreamOptions of(String database, Document command) {
        List<Document> pipeline = Bson.documents(command, "pipeline");
        Document source = (Document) pipeline.get(0).get(SOURCE);
        return new StreamOptions(database, command.get("aggregate") instanceof String name ? name : null,
                Bson.isTrue(source.get("allChangesForCluster")), (String) source.getOrDefault("fullDocument", "default"),
                (String) source.getOrDefault("fullDocumentBeforeChange", "off"), List.copyOf(pipeline.subList(1, pipeline.size())), source);
    }

    /** As answers name the cursor's namespace. */
    String namespace() {
        return database + '.' + (collection == null ? "$cmd.aggregate" : collection);
    }

    /** Whether a change is of the database or collection that is watched. */
    boolean covers(Change change) {
        Namespace to = change.to();
        return cluster || isWatched(change.namespace()) || to != null && isWatched(to);
    }

    private boolean isWatched(Namespace namespace) {
        return namespace.database().equals(database) && (collection == null || collection.equals(namespace.collection()));
    }

    /** Whether nothing can follow a change: what is watched is gone. */
    boolean isEndedBy(Change change) {
        return switch (change.kind()) {
            case DROP, RENAME -> collection != null;
            case DROP_DATABASE -> !cluster;
            default -> false;
        };
    }

    /** @return number of the last change that is not to be told. @throws CommandFailure if the place is not known any more */
    long start(ChangeLog log) {
        Object resumeAfter = source.get("resumeAfter");
        Object startAfter = source.get("startAfter");
        if (resumeAfter != null || startAfter != null) {
            return placeOf(ResumeToken.of(resumeAfter != null ? resumeAfter : startAfter), resumeAfter != null, log);
        }
        long place = source.get("startAtOperationTime") instanceof BsonTimestamp time ? log.before(time) : log.last();
        if (place < log.floor()) {
            throw CommandFailure.historyLost();
        }
        return place;
    }

    private long placeOf(ResumeToken token, boolean resuming, ChangeLog log) {
        if (token.epoch() != log.epoch() || token.number() < log.floor()) {
            throw CommandFailure.historyLost();
        }
        if (token.number() > log.last()) {
            throw CommandFailure.tokenNotFound();
        }
        boolean ended = token.kind() == ResumeToken.Kind.EVENT && log.after(token.number() - 1).stream().findFirst().map(Entry::change)
                .filter(change -> covers(change) && isEndedBy(change)).isPresent();
        if (resuming && (token.kind() == ResumeToken.Kind.INVALIDATE || ended)) {
            throw CommandFailure.badToken("Attempting to resume a change stream using 'resumeAfter' is not allowed from an invalidate notification.");
        }
        return token.number();
    }

    /** Whether this kind of event has the document as it was. */
    boolean wantsBefore(Kind kind) {
        return !"off".equals(before) && (kind == Kind.UPDATE || kind == Kind.REPLACE || kind == Kind.DELETE);
    }
}

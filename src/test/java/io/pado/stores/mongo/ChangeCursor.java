package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;
import io.pado.stores.mongo.ChangeLog.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One open stream of changes: how far its reader is, and what it is told. */
final class ChangeCursor {

    /** What a document may have, and a little more, as servers have it for themselves. */
    private static final int MAX_BYTES = (16 << 20) + (16 << 10);

    private final long id;
    private final StreamOptions options;
    private final ChangeLog log;
    private final ChangeEvents events;
    private final UnaryOperator<List<Document>> pipeline;
    private ResumeToken place;
    private boolean ended;

    /**
     * @param pipeline the client's stages, for one batch
     * @throws CommandFailure if it wants to start at a place that is not known any more
     */
    ChangeCursor(long id, StreamOptions options, ChangeLog log, ChangeEvents events, UnaryOperator<List<Document>> pipeline) {
        this.id = id;
        this.options = options;
        this.log = log;
        this.events = events;
        this.pipeline = pipeline;
        place = new ResumeToken(log.epoch(), options.start(log), ResumeToken.Kind.PLACE);
    }

    /** 0 once nothing can follow any more. */
    long id() {
        return ended ? 0 : id;
    }

    /** @throws CommandFailure if changes that it should have told are forgotten, or the next event is too large */
    List<Document> next(int most) {
        if (place.epoch() != log.epoch() || place.number() < log.floor()) {
            throw CommandFailure.historyLost();
        }
        Batch batch = new Batch();
        for (Entry entry : log.after(place.number())) {
            if (ended || batch.documents.size() >= most || !batch.addAll(told(entry))) {
                break;
            }
            ended = options.covers(entry.change()) && options.isEndedBy(entry.change());
            place = new ResumeToken(log.epoch(), entry.number(), ended ? ResumeToken.Kind.INVALIDATE
                    : batch.endsWith(entry) ? ResumeToken.Kind.EVENT : ResumeToken.Kind.PLACE);
        }
        return batch.documents;
    }

    private List<Document> told(Entry entry) {
        if (!options.covers(entry.change())) {
            return List.of();
        }
        List<Document> told = new ArrayList<>(through(events.of(entry, options)));
        if (options.isEndedBy(entry.change())) {
            told.addAll(through(events.invalidate(entry)));
        }
        return told;
    }

    private List<Document> through(Document event) {
        Object token = event.get("_id");
        List<Document> told = pipeline.apply(List.of(event));
        if (told.stream().anyMatch(document -> !token.equals(document.get("_id")))) {
            throw CommandFailure.tokenModified();
        }
        return told;
    }

    /** @return the answer to the client, with the place from which a later cursor may go on */
    Document answer(String batchName, List<Document> batch) {
        return new Document("cursor", new Document(batchName, batch).append("postBatchResumeToken", place.document()).append("id", id())
                .append("ns", options.namespace())).append("ok", 1.0);
    }

    /** What goes into one answer: as much as fits. */
    private final class Batch {

        private final List<Document> documents = new ArrayList<>();
        private int bytes;

        boolean addAll(List<Document> told) {
            int more = 0;
            for (Document event : told) {
                int size = Bson.size(event);
                if (size > MAX_BYTES && documents.isEmpty()) {
                    throw CommandFailure.eventTooLarge(size);
                }
                more += size;
            }
            if (bytes + more > MAX_BYTES && !documents.isEmpty()) {
                return false;
            }
            bytes += more;
            return documents.addAll(told) || told.isEmpty();
        }

        boolean endsWith(Entry entry) {
            Document token = new ResumeToken(log.epoch(), entry.number(), ResumeToken.Kind.EVENT).document();
            return !documents.isEmpty() && token.equals(documents.get(documents.size() - 1).get("_id"));
        }
    }
}

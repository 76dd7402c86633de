package io.pado.feed.watch;

import io.pado.feed.Change;
import io.pado.feed.MalformedDocument;
import io.pado.feed.Watched;
import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.Fields;
import io.pado.realtime.Publication;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bson.Document;

/** What the changes of one batch mean: events to publish, and the states of documents after them. Of one thread, for one batch. */
final class Translation {

    private static final Logger LOG = Logger.getLogger(Translation.class.getName());
    private static final int MAX_BYTES = 256 * 1024;

    private final Map<String, Watched> watched;
    private final Map<String, String> known;
    private final BiFunction<Watched, Object, Optional<Document>> lookup;
    private final Map<String, LastState> states = new HashMap<>();
    private final List<Publication> publications = new ArrayList<>();
    private int skipped;

    /**
     * @param watched by their collections
     * @param known   the last known states before the batch, as JSON
     * @param lookup  gives a document as it is now
     */
    Translation(Map<String, Watched> watched, Map<String, String> known, BiFunction<Watched, Object, Optional<Document>> lookup) {
        this.watched = watched;
        this.known = known;
        this.lookup = lookup;
    }

    /** @return the name of a document's state */
    static String nameOf(String collection, Object id) {
        return collection + ':' + DocumentIds.word(id);
    }

    private static String nameOf(RawChange change) {
        return nameOf(change.collection(), change.id());
    }

    List<Publication> publications() {
        return publications;
    }

    Map<String, LastState> states() {
        return states;
    }

    /** @return how many changes could not be told */
    int skipped() {
        return skipped;
    }

    /** Adds what one change means; what cannot be told is skipped with a line in the log. */
    void add(RawChange raw) {
        Watched collection = watched.get(raw.collection());
        if (collection == null) {
            return;
        }
        try {
            Fields before = before(collection, raw);
            Optional<Change> change = change(collection, raw, before);
            change.ifPresent(each -> remember(collection, raw, each.after()));
            change.ifPresent(each -> tell(collection, raw, each));
        } catch (MalformedDocument malformed) {
            skip(raw, malformed.getMessage());
        } catch (LookupFailed later) {
            throw later;
        } catch (RuntimeException fault) {
            // One change that nobody foresaw must not hold up all that follow.
            skipped++;
            LOG.log(Level.SEVERE, "A change is not told (" + described(raw) + ") for a reason of our own: " + fault, fault);
        }
    }

    /** A change of which only the key is known, because the rest was too large. */
    void addWithoutFields(RawChange raw) {
        Watched collection = watched.get(raw.collection());
        if (collection != null && collection.isReadAnew() && raw.isOfDocument()) {
            add(new RawChange("update", raw.collection(), raw.id(), raw.time(), null, new Document(), List.copyOf(collection.fields()), raw.token()));
            return;
        }
        if (collection != null && raw.id() != null && !collection.remembered().isZero()) {
            states.put(nameOf(raw), LastState.FORGOTTEN);
        }
        skip(raw, "it is larger than MongoDB can tell");
    }

    private Optional<Change> change(Watched collection, RawChange raw, Fields before) {
        Change.Kind kind = switch (raw.operation()) {
            case "insert" -> Change.Kind.INSERT;
            case "delete" -> Change.Kind.DELETE;
            default -> Change.Kind.UPDATE;
        };
        boolean nothingOfInterest = raw.operation().equals("update") && raw.updated().isEmpty()
                && raw.removed().stream().noneMatch(field -> isRead(collection, field)) && !collection.isReadAnew();
        return nothingOfInterest ? Optional.empty() : Optional.of(new Change(kind, raw.id(), raw.time(), before, after(collection, raw, before)));
    }

    private Fields after(Watched collection, RawChange raw, Fields before) {
        if (raw.operation().equals("delete")) {
            return new Fields(new Document());
        }
        if (raw.full() != null && (raw.operation().equals("insert") || !collection.isReadAnew())) {
            return new Fields(raw.full());
        }
        if (collection.isReadAnew()) {
            Document now = current(collection, raw);
            return new Fields(now.isEmpty() ? nothing(collection) : now);
        }
        Document after = new Document(before.document().isEmpty() ? current(collection, raw) : before.document());
        after.putAll(raw.updated());
        raw.removed().forEach(after::remove);
        return new Fields(after.append("_id", raw.id()));
    }

    /** What is there no more has nothing in any field; that is remembered until its deletion comes. */
    private static Document nothing(Watched collection) {
        Document nothing = new Document();
        collection.fields().forEach(field -> nothing.append(field, null));
        return nothing;
    }

    /** @throws LookupFailed if MongoDB cannot say it now; the batch is then read again later */
    private Document current(Watched collection, RawChange raw) {
        try {
            return lookup.apply(collection, raw.id()).orElseGet(Document::new);
        } catch (RuntimeException away) {
            throw new LookupFailed(away);
        }
    }

    private Fields before(Watched collection, RawChange raw) {
        if (collection.remembered().isZero() || raw.operation().equals("insert")) {
            return new Fields(new Document());
        }
        String name = nameOf(raw);
        String text = states.containsKey(name) ? states.get(name).text() : known.getOrDefault(name, "");
        try {
            return new Fields(text.isEmpty() ? new Document() : Document.parse(text));
        } catch (RuntimeException damaged) {
            LOG.log(Level.WARNING, "The last known state of " + name + " cannot be read, and counts as unknown", damaged);
            return new Fields(new Document());
        }
    }

    private void remember(Watched collection, RawChange raw, Fields after) {
        if (collection.remembered().isZero()) {
            return;
        }
        states.put(nameOf(raw), stateOf(collection, after.document()));
    }

    /** @return what is kept of a document; nothing if that is too much */
    static LastState stateOf(Watched collection, Document document) {
        Document kept = new Fields(document).only(collection.fields());
        String text = kept.isEmpty() ? "" : DocumentIds.json(kept);
        return text.isEmpty() || text.length() > MAX_BYTES ? LastState.FORGOTTEN : new LastState(text, collection.remembered(new Fields(document)));
    }

    private void tell(Watched collection, RawChange raw, Change change) {
        List<Publication> told = collection.told(change);
        if (told.stream().anyMatch(each -> each.json().length() > MAX_BYTES / 4 && each.json().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES)) {
            throw new MalformedDocument("what is to be told of it is larger than " + MAX_BYTES + " bytes");
        }
        int number = 0;
        for (Publication each : told) {
            publications.add(new Publication(each.topic(), each.type(), each.key(), each.json(), raw.token() + '.' + number++));
        }
    }

    private void skip(RawChange raw, String reason) {
        skipped++;
        LOG.log(Level.WARNING, "A change is not told ({0}): {1}", new Object[] {described(raw), reason});
    }

    private static String described(RawChange raw) {
        return raw.operation() + " of " + raw.collection() + (raw.id() == null ? "" : " " + DocumentIds.word(raw.id()));
    }

    private static boolean isRead(Watched collection, String field) {
        return collection.fields().stream().anyMatch(each -> field.equals(each) || field.startsWith(each + '.'));
    }

    private static final class LookupFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LookupFailed(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }
}

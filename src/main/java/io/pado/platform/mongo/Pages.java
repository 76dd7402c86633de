package io.pado.platform.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Lists of a collection's documents, newest first, page by page, whoever wrote them. First come those whose {@code createdAt} is a date, by it and then
 * by {@code _id}; behind them all others, by {@code _id}. Both is one strict order over values of all types, so every document that stays is on
 * exactly one page, also while others are added or removed.
 */
public final class Pages {

    private static final String ID = "_id";
    private static final String CREATED_AT = "createdAt";
    /** A query looks into arrays, a sort takes one of their values: an array of dates is no date. */
    private static final Bson DATED = Filters.and(Filters.type(CREATED_AT, BsonType.DATE_TIME),
            Filters.not(Filters.type(CREATED_AT, BsonType.ARRAY)));
    private static final Bson UNDATED = Filters.or(Filters.not(Filters.type(CREATED_AT, BsonType.DATE_TIME)),
            Filters.type(CREATED_AT, BsonType.ARRAY));

    private final MongoCollection<Document> collection;
    private final Bson fields;

    /**
     * @param collection with an index of what is asked for, {@code createdAt} and {@code _id}, the last two descending
     * @param fields     what is read of each document; others may be large
     */
    public Pages(MongoCollection<Document> collection, List<String> fields) {
        this.collection = collection;
        this.fields = Projections.fields(Projections.include(fields), Projections.include(CREATED_AT));
    }

    /** @param filter which documents the list is made of */
    public Page<Document> read(Bson filter, PageRequest request) {
        int wanted = request.limit() + 1;
        List<Document> found = new ArrayList<>();
        Optional<PageCursor> after = request.after();
        if (after.isEmpty() || after.get().at().isPresent()) {
            Bson dated = Filters.and(filter, DATED, after.map(Pages::older).orElseGet(Filters::empty));
            collection.find(dated).projection(fields).sort(Sorts.descending(CREATED_AT, ID)).limit(wanted).into(found);
        }
        if (found.size() < wanted) {
            Bson undated = Filters.and(filter, UNDATED, after.filter(place -> place.at().isEmpty()).map(PageCursor::idsBelow)
                    .orElseGet(Filters::empty));
            collection.find(undated).projection(fields).sort(Sorts.descending(ID)).limit(wanted - found.size()).into(found);
        }
        return found.size() < wanted ? new Page<>(found, null) : cut(found.subList(0, request.limit()));
    }

    private static Bson older(PageCursor place) {
        Date at = place.at().orElseThrow();
        return Filters.and(Filters.lte(CREATED_AT, at), Filters.or(Filters.lt(CREATED_AT, at), place.idsBelow()));
    }

    private Page<Document> cut(List<Document> items) {
        Document last = items.get(items.size() - 1);
        return new Page<>(List.copyOf(items), place(last).text());
    }

    /** @return the place of a document, behind which a page may begin */
    PageCursor place(Document document) {
        BsonValue id = new Document(ID, document.get(ID)).toBsonDocument(BsonDocument.class, collection.getCodecRegistry()).get(ID);
        return new PageCursor(document.get(CREATED_AT) instanceof Date date ? Optional.of(date) : Optional.empty(), id);
    }
}

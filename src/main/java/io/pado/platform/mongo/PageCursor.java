package io.pado.platform.mongo;

import com.mongodb.client.model.Filters;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BSONException;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.conversions.Bson;
import org.bson.io.BasicOutputBuffer;

/**
 * Where a page of {@link Pages} ended: the last document's {@code createdAt} and {@code _id}. For clients it is an opaque text.
 *
 * @param at the date; empty if the document has none
 * @param id the {@code _id}, of any type that one can have
 */
public record PageCursor(Optional<Date> at, BsonValue id) {

    /**
     * Types in the order in which MongoDB sorts them; those of one line are compared by value. Arrays, regular expressions and undefined are no ids. Code, and types
     * that MongoDB has given up long ago, may be left out of a page behind another type.
     */
    private static final List<Set<BsonType>> ORDER = List.of(EnumSet.of(BsonType.MIN_KEY), EnumSet.of(BsonType.NULL),
            EnumSet.of(BsonType.INT32, BsonType.INT64, BsonType.DOUBLE, BsonType.DECIMAL128), EnumSet.of(BsonType.STRING),
            EnumSet.of(BsonType.DOCUMENT), EnumSet.of(BsonType.BINARY), EnumSet.of(BsonType.OBJECT_ID), EnumSet.of(BsonType.BOOLEAN),
            EnumSet.of(BsonType.DATE_TIME), EnumSet.of(BsonType.TIMESTAMP), EnumSet.of(BsonType.MAX_KEY));
    private static final Set<BsonType> NO_ID = EnumSet.of(BsonType.ARRAY, BsonType.REGULAR_EXPRESSION, BsonType.UNDEFINED);
    private static final int MIN_KEY = -1;
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();
    private static final String ID_FIELD = "_id";
    private static final String AT = "t";
    private static final String ID = "i";
    private static final int MAX_TEXT = 4_000;
    /** Half of what MongoDB takes in a query. */
    private static final int MAX_DEPTH = 100;

    /** @return the place that a client sent back; empty if it is none */
    static Optional<PageCursor> parse(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)))) {
            BsonDocument sent = CODEC.decode(reader, DecoderContext.builder().build());
            BsonValue id = sent.get(ID);
            BsonValue at = sent.get(AT);
            boolean known = id != null && !NO_ID.contains(id.getBsonType()) && depth(id) <= MAX_DEPTH && (at == null || at.isDateTime());
            return known ? Optional.of(new PageCursor(Optional.ofNullable(at).map(date -> new Date(date.asDateTime().getValue())), id))
                    : Optional.empty();
        } catch (BSONException | IllegalArgumentException | IllegalStateException garbage) {
            return Optional.empty();
        }
    }

    private static int depth(BsonValue value) {
        Stream<BsonValue> inside = value.isDocument() ? value.asDocument().values().stream() : value.isArray() ? value.asArray().stream() : Stream.of();
        return 1 + inside.mapToInt(PageCursor::depth).max().orElse(0);
    }

    /** @return what a client is to send back */
    String text() {
        BsonDocument place = new BsonDocument(ID, id);
        at.ifPresent(date -> place.append(AT, new BsonDateTime(date.getTime())));
        try (BasicOutputBuffer bytes = new BasicOutputBuffer(); BsonBinaryWriter writer = new BsonBinaryWriter(bytes)) {
            CODEC.encode(writer, place, EncoderContext.builder().build());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
        }
    }

    /** @return what sorts below this {@code _id}. A comparison in a query sees values of the same kind only, a sort sees all: hence the types */
    Bson idsBelow() {
        BsonType place = switch (id.getBsonType()) {
            case SYMBOL -> BsonType.STRING;
            case DB_POINTER, JAVASCRIPT, JAVASCRIPT_WITH_SCOPE -> BsonType.MAX_KEY;
            default -> id.getBsonType();
        };
        List<Integer> lower = ORDER.stream().takeWhile(types -> !types.contains(place)).flatMap(Set::stream)
                .map(type -> type == BsonType.MIN_KEY ? MIN_KEY : type.getValue()).toList();
        Bson sameKind = Filters.lt(ID_FIELD, id);
        return lower.isEmpty() ? sameKind : Filters.or(sameKind, new Document(ID_FIELD, new Document("$type", lower)));
    }
}

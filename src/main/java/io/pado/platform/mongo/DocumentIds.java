package io.pado.platform.mongo;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.codecs.Encoder;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.conversions.Bson;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** The {@code _id}s of documents, which may be of any type, as clients see them and as topics name them. */
public final class DocumentIds {

    private static final JsonWriterSettings RELAXED = JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();
    private static final JsonWriterSettings CANONICAL = JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();
    private static final Encoder<Document> DOCUMENTS =
            CodecRegistries.withUuidRepresentation(Bson.DEFAULT_CODEC_REGISTRY, UuidRepresentation.STANDARD).get(Document.class);
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9]\\d{0,17}");
    private static final int HASHED_BYTES = 18;

    private DocumentIds() {
    }

    /** @return the id as clients see it: hexadecimal digits for an ObjectId, the text itself, digits, a UUID; relaxed extended JSON for all else */
    public static String text(Object id) {
        Object plain = plain(id);
        if (plain instanceof ObjectId object) {
            return object.toHexString();
        }
        return plain instanceof String || plain instanceof Long || plain instanceof UUID ? plain.toString() : json(plain, RELAXED);
    }

    /**
     * The id as a word of a topic or a key. Ids that MongoDB holds for equal have the same word, others do not; but a text of 24 hexadecimal digits
     * counts as an ObjectId, because programs write references in both ways.
     *
     * @return 24 or 25 of {@code A-Z a-z 0-9 _ -}
     */
    public static String word(Object id) {
        Object plain = plain(id);
        if (plain instanceof ObjectId object) {
            return object.toHexString();
        }
        if (plain instanceof String text && ObjectId.isValid(text)) {
            return new ObjectId(text).toHexString();
        }
        return 'x' + hash(json(plain, CANONICAL));
    }

    /** @return a document as relaxed extended JSON, from which {@link Document#parse} makes an equal one */
    public static String json(Document document) {
        return document.toJson(RELAXED, DOCUMENTS);
    }

    /** @return the ids that have this text, for a query with {@code $in} */
    public static List<Object> candidates(String text) {
        List<Object> ids = new ArrayList<>(List.of(text));
        if (ObjectId.isValid(text)) {
            ids.add(new ObjectId(text));
        } else if (WHOLE_NUMBER.matcher(text).matches()) {
            ids.add(Long.valueOf(text));
        } else if (UUID_FORM.matcher(text).matches()) {
            ids.add(UUID.fromString(text));
        }
        return ids;
    }

    /** @return the values by which other documents may refer to the one with this id, for a query with {@code $in} */
    public static List<Object> references(Object id) {
        List<Object> values = new ArrayList<>();
        values.add(id);
        if (id instanceof ObjectId object) {
            values.add(object.toHexString());
        } else if (id instanceof String text && ObjectId.isValid(text)) {
            values.add(new ObjectId(text));
        }
        return values;
    }

    /** Numbers of all types that are equal for MongoDB are the same here. */
    private static Object plain(Object id) {
        if (id instanceof Integer || id instanceof Long) {
            return ((Number) id).longValue();
        }
        if (id instanceof Double number && number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE) {
            return number.longValue();
        }
        if (id instanceof Decimal128 number && !number.isNaN() && !number.isInfinite()) {
            return plain(number);
        }
        return id;
    }

    private static Object plain(Decimal128 number) {
        try {
            return new BigDecimal(number.toString()).longValueExact();
        } catch (ArithmeticException fraction) {
            return number;
        }
    }

    private static String json(Object value, JsonWriterSettings settings) {
        String document = new Document("v", value).toJson(settings, DOCUMENTS);
        return document.substring(document.indexOf(':') + 1, document.length() - 1).strip();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, HASHED_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package io.pado.platform.mongo;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/**
 * The fields of a document that any program may have written: what can be understood is understood, what cannot reads as missing. Nothing here throws.
 *
 * @param document the document
 */
public record Fields(Document document) {

    private static final Pattern USER = Pattern.compile("[1-9]\\d{0,17}");
    private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_DATE_TIME;
    private static final int MAX_DIGITS = 40;

    /** @return the {@code _id}; null if there is none */
    public Object id() {
        return document.get("_id");
    }

    /** @return the value as it is; null if there is none */
    public Object value(String name) {
        return document.get(name);
    }

    /** @return a text; an ObjectId as its digits, a number or truth value as it is written */
    public Optional<String> text(String name) {
        Object value = document.get(name);
        if (value instanceof String text) {
            return Optional.of(text);
        }
        return value instanceof ObjectId || value instanceof Number || value instanceof Boolean ? Optional.of(DocumentIds.text(value)) : Optional.empty();
    }

    /** @return the id of a user of Pado: a positive whole number of any numeric type, or its digits */
    public OptionalLong user(String name) {
        return user(document.get(name));
    }

    /** @return the users of a list; of one value, if it is no list. What is no user is left out, and who is named twice is named once */
    public List<Long> users(String name) {
        Object value = document.get(name);
        List<?> values = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        return values.stream().map(Fields::user).filter(OptionalLong::isPresent).map(OptionalLong::getAsLong).distinct().toList();
    }

    /** @return a moment: a date, a Timestamp, milliseconds since 1970, or a text in ISO 8601; without a zone it is UTC */
    public Optional<Instant> time(String name) {
        Object value = document.get(name);
        if (value instanceof Date date) {
            return Optional.of(date.toInstant());
        }
        if (value instanceof BsonTimestamp stamp) {
            return Optional.of(Instant.ofEpochSecond(stamp.getTime()));
        }
        if (value instanceof Long || value instanceof Double) {
            return Optional.of(Instant.ofEpochMilli(((Number) value).longValue()));
        }
        return value instanceof String text ? parsed(text.strip()) : Optional.empty();
    }

    /** @return a number of any numeric type, or its digits; NaN and infinity are missing */
    public Optional<BigDecimal> number(String name) {
        Object value = document.get(name);
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(BigDecimal.valueOf(((Number) value).longValue()));
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? Optional.of(BigDecimal.valueOf(number)) : Optional.empty();
        }
        if (value instanceof Decimal128 number) {
            return number.isNaN() || number.isInfinite() ? Optional.empty() : digits(number.toString());
        }
        return value instanceof String text ? digits(text.strip()) : Optional.empty();
    }

    private static OptionalLong user(Object value) {
        if (value instanceof String || value instanceof Number) {
            String digits = DocumentIds.text(value instanceof String text ? text.strip() : value);
            return USER.matcher(digits).matches() ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    private static Optional<Instant> parsed(String text) {
        try {
            TemporalAccessor parsed = text.length() == "2026-01-01".length() ? LocalDate.parse(text).atStartOfDay()
                    : ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(parsed instanceof OffsetDateTime zoned ? zoned.toInstant() : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> digits(String text) {
        try {
            BigDecimal number = text.length() > MAX_DIGITS ? null : new BigDecimal(text);
            return Optional.ofNullable(number).filter(each -> Math.abs(each.scale()) <= MAX_DIGITS);
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    /** @return these fields only, for keeping */
    public Document only(Iterable<String> names) {
        Document some = new Document();
        for (String name : names) {
            if (document.containsKey(name)) {
                some.append(name, document.get(name));
            }
        }
        return some;
    }

    /** @return the values of a user's id as programs write it, for a query with {@code $in} */
    public static List<Object> userCandidates(long userId) {
        return new ArrayList<>(List.of(userId, Long.toString(userId)));
    }
}

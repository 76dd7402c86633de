package io.pado.platform.http;

import io.pado.platform.Texts;
import io.pado.platform.json.Json;
import io.pado.platform.problem.Problem;
import io.pado.platform.problem.ProblemException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * The fields of a request's JSON object, read by hand: the binding would take a number for a text and {@code [1]} or {@code 1.5} for
 * a whole number, and ends at the first wrong field. Wrong fields are collected, and told all at once by {@link #check}; until then
 * a wrong field reads as empty.
 */
public final class JsonBody {

    private final JsonObject json;
    private final String path;
    private final Errors errors;

    private static final class Errors {

        private final List<Problem.FieldError> all = new ArrayList<>();
        private boolean wrongType;
    }

    private JsonBody(JsonObject json, String path, Errors errors) {
        this.json = json;
        this.path = path;
        this.errors = errors;
    }

    /**
     * @param body    as sent
     * @param example what could have been sent
     * @throws ProblemException 400 if the body is not one JSON object
     */
    public static JsonBody parse(String body, String example) {
        return of(Json.parseObject(body).orElseThrow(() -> ProblemException.badRequest("bad-json", reason(body) + " Send " + example + '.')));
    }

    private static String reason(String body) {
        if (body.startsWith("\uFEFF")) {
            return "The body begins with a byte order mark (BOM), which JSON must not have (RFC 8259, section 8.1).";
        }
        return body.indexOf('\0') < 0 ? "The body is not one JSON object." : "The body is not UTF-8 but, it seems, UTF-16.";
    }

    /** @return the fields of an object that was parsed before */
    public static JsonBody of(JsonObject json) {
        return new JsonBody(json, "", new Errors());
    }

    /** @return a text of 1 to {@code most} printable characters, one of them visible; empty after an error */
    public String text(String field, int most) {
        return present(field).map(value -> text(field, value, most)).orElseGet(() -> wrong(field, "is missing"));
    }

    /** @return a text of 1 to {@code most} printable characters, line breaks and tabs, not blank; empty after an error */
    public String lines(String field, int most) {
        return present(field).map(value -> lines(field, value, most)).orElseGet(() -> wrong(field, "is missing"));
    }

    /** @return a text of any kind; empty if it is missing */
    public String optionalText(String field) {
        return present(field).map(value -> value instanceof JsonString text ? text.getString() : wrongType(field, "must be a text"))
                .orElse("");
    }

    /** @return a text of {@code most} printable characters, line breaks and tabs at most; empty if it is missing, and after an error */
    public String optionalText(String field, int most) {
        String text = optionalText(field);
        return text.length() <= most && Texts.isReadable(text) ? text : wrong(field, "must be " + most + " printable characters, line breaks and tabs at most");
    }

    /** @return a text of any kind, or a number as a text; empty if it is missing, and after an error */
    public String textOrNumber(String field) {
        return present(field).map(value -> value instanceof JsonNumber number ? number.toString()
                : value instanceof JsonString text ? text.getString() : wrongType(field, "must be a number or a text")).orElse("");
    }

    /** @return {@code least} to {@code mostTexts} texts of 1 to {@code most} printable characters; fewer after an error */
    public List<String> texts(String field, int least, int mostTexts, int most) {
        String wanted = least + " to " + mostTexts + " texts";
        Optional<JsonValue> value = present(field);
        if (value.isEmpty()) {
            wrong(field, "is missing; send " + wanted);
        } else if (!(value.get() instanceof JsonArray given)) {
            wrongType(field, "must be a list of " + wanted);
        } else if (given.size() < least || given.size() > mostTexts) {
            wrong(field, "must be " + wanted);
        } else {
            return given.stream().map(each -> text(field, each, most)).toList();
        }
        return List.of();
    }

    /**
     * @param hint what to send, if there is nothing
     * @return a whole number of 64 bits; empty after an error
     */
    public OptionalLong number(String field, String hint) {
        return whole(field, hint + ", a whole number");
    }

    private OptionalLong whole(String field, String wanted) {
        Optional<JsonValue> value = present(field);
        if (value.isEmpty()) {
            wrong(field, "is missing; send " + wanted);
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(((JsonNumber) value.get()).longValueExact());
        } catch (ClassCastException | ArithmeticException noNumber) {
            wrongType(field, "must be " + wanted);
            return OptionalLong.empty();
        }
    }

    /** @return {@code least} to {@code most} whole numbers; none after an error */
    public List<Long> numbers(String field, int least, int most) {
        String wanted = least + " to " + most + " whole numbers";
        Optional<JsonValue> value = present(field);
        if (value.isEmpty()) {
            wrong(field, "is missing; send " + wanted);
        } else if (!(value.get() instanceof JsonArray given) || !given.stream().allMatch(JsonBody::isWhole)) {
            wrongType(field, "must be a list of " + wanted);
        } else if (given.size() < least || given.size() > most) {
            wrong(field, "must be " + wanted);
        } else {
            return given.getValuesAs(JsonNumber::longValue);
        }
        return List.of();
    }

    private static boolean isWhole(JsonValue value) {
        try {
            return value instanceof JsonNumber number && number.longValueExact() == number.longValue();
        } catch (ArithmeticException fraction) {
            return false;
        }
    }

    /** @return a whole number from {@code least} to {@code most}; {@code least} after an error */
    public long number(String field, long least, long most) {
        String wanted = "a whole number from " + least + " to " + most;
        long number = whole(field, wanted).orElse(least);
        if (number < least || number > most) {
            wrong(field, "must be " + wanted);
            return least;
        }
        return number;
    }

    /**
     * @return {@code least} to {@code mostObjects} objects, none after an error; what is wrong in them is told with these fields, as
     *         {@code items[0].name}
     */
    public List<JsonBody> objects(String field, int least, int mostObjects) {
        String wanted = least + " to " + mostObjects + " objects";
        Optional<JsonValue> value = present(field);
        if (value.isEmpty()) {
            wrong(field, "is missing; send " + wanted);
        } else if (!(value.get() instanceof JsonArray given) || !given.stream().allMatch(JsonObject.class::isInstance)) {
            wrongType(field, "must be a list of " + wanted);
        } else if (given.size() < least || given.size() > mostObjects) {
            wrong(field, "must be " + wanted);
        } else {
            return IntStream.range(0, given.size())
                    .mapToObj(i -> new JsonBody(given.getJsonObject(i), path + field + '[' + i + "].", errors)).toList();
        }
        return List.of();
    }

    /** @return any value but null, as JSON text; {@code null} after an error */
    public String json(String field) {
        return present(field).map(JsonValue::toString).orElseGet(() -> {
            wrong(field, "is missing");
            return "null";
        });
    }

    /** @return whether the field is {@code true}; false if it is missing */
    public boolean flag(String field) {
        JsonValue value = present(field).orElse(JsonValue.FALSE);
        if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
            wrongType(field, "must be true or false");
        }
        return value == JsonValue.TRUE;
    }

    /** @return whether the field is there and not null */
    public boolean has(String field) {
        return present(field).isPresent();
    }

    /** Notes that a field is wrong. @return an empty text */
    public String wrong(String field, String detail) {
        errors.all.add(new Problem.FieldError(path + field, detail));
        return "";
    }

    /** @throws ProblemException with all wrong fields, if there are any: 400 if one is of a wrong type, otherwise 422 */
    public void check() {
        if (!errors.all.isEmpty()) {
            throw errors.wrongType ? ProblemException.wrongType(errors.all) : ProblemException.invalid(errors.all);
        }
    }

    private Optional<JsonValue> present(String field) {
        return Optional.ofNullable(json.get(field)).filter(given -> given != JsonValue.NULL);
    }

    private String text(String field, JsonValue value, int most) {
        if (!(value instanceof JsonString given)) {
            return wrongType(field, "must be a text");
        }
        String text = given.getString();
        boolean printable = Texts.isVisible(text) && text.length() <= most && Texts.isClean(text);
        return printable ? text : wrong(field, "must be 1 to " + most + " printable characters");
    }

    private String lines(String field, JsonValue value, int most) {
        if (!(value instanceof JsonString given)) {
            return wrongType(field, "must be a text");
        }
        String text = given.getString();
        boolean fits = !text.isBlank() && text.length() <= most;
        return fits && Texts.isReadable(text) ? text : wrong(field, "must be 1 to " + most + " printable characters, line breaks and tabs");
    }

    private String wrongType(String field, String detail) {
        errors.wrongType = true;
        return wrong(field, detail);
    }
}

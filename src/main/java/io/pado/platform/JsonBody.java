package io.pado.platform;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a request's JSON object, read by hand: the binding would take a number for a text, and ends at the first wrong
 * field. Wrong fields are collected, and told all at once by {@link #check}.
 */
public final class JsonBody {

    private final JsonObject json;
    private final List<Problem.FieldError> errors = new ArrayList<>();

    private JsonBody(JsonObject json) {
        this.json = json;
    }

    /**
     * @param body    as sent
     * @param example what could have been sent
     * @throws ProblemException 400 if the body is not one JSON object
     */
    public static JsonBody parse(String body, String example) {
        return new JsonBody(Json.parseObject(body).orElseThrow(() -> ProblemException.badRequest("bad-json",
                "The body is not one JSON object. Send " + example + '.')));
    }

    /** @return a text of 1 to {@code most} characters, not blank; empty after an error */
    public String text(String field, int most) {
        Optional<JsonValue> value = Optional.ofNullable(json.get(field)).filter(given -> given != JsonValue.NULL);
        if (value.isEmpty()) {
            return wrong(field, "is missing");
        }
        if (!(value.get() instanceof JsonString given)) {
            return wrong(field, "must be a text");
        }
        String text = given.getString();
        if (text.isBlank() || text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
            return wrong(field, "must be 1 to " + most + " printable characters");
        }
        return text;
    }

    /** Notes that a field is wrong. @return an empty text */
    public String wrong(String field, String detail) {
        errors.add(new Problem.FieldError(field, detail));
        return "";
    }

    /** @throws ProblemException 422 with all wrong fields, if there are any */
    public void check() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }
}

package io.pado.platform.json;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyOrderStrategy;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.Optional;

/** JSON text to values and back. Thread-safe. */
public final class Json {

    // Looking a provider up reads the class path each time, so both are kept.
    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final Jsonb JSONB = JsonbBuilder.create(new JsonbConfig()
            .withPropertyOrderStrategy(PropertyOrderStrategy.ANY));

    private Json() {
    }

    /** @return what JAX-RS is to use, so that answers and events look the same */
    static Jsonb jsonb() {
        return JSONB;
    }

    /** @return the JSON text of a record or another bean */
    public static String text(Object value) {
        return JSONB.toJson(value);
    }

    /** @return the text as a quoted JSON string */
    public static String quoted(String text) {
        return PROVIDER.createValue(text).toString();
    }

    /** @return the value, or empty if the text is not exactly one JSON value */
    public static Optional<JsonValue> parse(String text) {
        try (JsonParser parser = PROVIDER.createParser(new StringReader(text))) {
            parser.next();
            JsonValue value = parser.getValue();
            return parser.hasNext() ? Optional.empty() : Optional.of(value);
        } catch (RuntimeException notJson) {
            // The parser has a kind of its own for wrong JSON, and throws others for an empty text and for one nested too deeply.
            return Optional.empty();
        }
    }

    /** @return the object, or empty if the text is not one JSON object */
    public static Optional<JsonObject> parseObject(String text) {
        return parse(text).filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }
}

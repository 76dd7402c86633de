package io.pado.contract;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The description of all streams that the server hands out at {@code /asyncapi.yaml}. */
public final class AsyncApi {

    public static final Path FILE = Path.of("src", "main", "webapp", "asyncapi.yaml");

    private static final String REFERENCE = "$ref";

    private final Map<String, Object> document;

    private AsyncApi(Map<String, Object> document) {
        this.document = document;
    }

    public static AsyncApi read() {
        try (Reader text = Files.newBufferedReader(FILE)) {
            return new AsyncApi(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** @return addresses of channels on one of its servers, {@code http}, {@code websocket} or {@code redis} */
    public List<String> addresses(String server) {
        return map(document.get("channels")).values().stream().map(AsyncApi::map)
                .filter(channel -> references(channel.get("servers")).equals(List.of("#/servers/" + server)))
                .map(channel -> (String) channel.get("address")).toList();
    }

    /** @return the HTTP method with which a channel's stream is asked for */
    public String method(String address) {
        return map(document.get("operations")).values().stream().map(AsyncApi::map)
                .filter(operation -> address.equals(map(resolved(operation.get("channel"))).get("address")))
                .map(operation -> (String) map(map(resolved(operation.get("bindings"))).get("http")).get("method")).findFirst().orElseThrow();
    }

    Map<String, Object> messages() {
        return map(map(document.get("components")).get("messages"));
    }

    Map<String, Object> operations() {
        return map(document.get("operations"));
    }

    /** @return every reference in the document */
    List<String> references() {
        return references(document);
    }

    /** @return what is there, with references followed. @throws NullPointerException for a reference to nothing */
    Object resolved(Object value) {
        Object found = value;
        while (found instanceof Map<?, ?> some && some.containsKey(REFERENCE)) {
            found = at((String) some.get(REFERENCE));
        }
        return found;
    }

    Object at(String reference) {
        Object found = document;
        for (String step : reference.substring("#/".length()).split("/")) {
            found = Objects.requireNonNull(map(found).get(step.replace("~1", "/").replace("~0", "~")), reference);
        }
        return found;
    }

    static List<String> references(Object value) {
        Collection<?> inner = value instanceof Map<?, ?> map ? map.values() : value instanceof List<?> list ? list : List.of();
        Stream<String> own = value instanceof Map<?, ?> map && map.containsKey(REFERENCE) ? Stream.of((String) map.get(REFERENCE)) : Stream.of();
        return Stream.concat(own, inner.stream().flatMap(each -> references(each).stream())).toList();
    }

    /** @return in which ways a value is not what a schema says; of JSON Schema as much as the document uses */
    List<String> faults(Object schema, JsonValue value, String path) {
        Map<String, Object> rules = map(resolved(schema));
        List<String> faults = new ArrayList<>();
        if (rules.containsKey("anyOf")) {
            boolean fits = list(rules.get("anyOf")).stream().anyMatch(each -> faults(each, value, path).isEmpty());
            return fits ? List.of() : List.of(path + " is none of " + rules.get("anyOf"));
        }
        if (rules.containsKey("const") && !text(value).equals(rules.get("const"))) {
            faults.add(path + " is not " + rules.get("const"));
        }
        if (rules.containsKey("enum") && !list(rules.get("enum")).contains(text(value))) {
            faults.add(path + " is none of " + rules.get("enum"));
        }
        if (rules.containsKey("type") && types(rules.get("type")).stream().noneMatch(type -> is(type, value))) {
            faults.add(path + " is no " + rules.get("type"));
        }
        if (value instanceof JsonObject object) {
            list(rules.get("required")).stream().filter(name -> !object.containsKey(name)).forEach(name -> faults.add(path + " lacks " + name));
            object.forEach((name, each) -> faults.addAll(ofField(rules, name, each, path + '.' + name)));
        }
        if (value instanceof JsonArray array && rules.containsKey("items")) {
            array.forEach(each -> faults.addAll(faults(rules.get("items"), each, path + "[]")));
        }
        return faults;
    }

    private List<String> ofField(Map<String, Object> rules, String name, JsonValue value, String path) {
        Map<String, Object> known = map(rules.getOrDefault("properties", Map.of()));
        if (known.containsKey(name)) {
            return faults(known.get(name), value, path);
        }
        if (rules.containsKey("additionalProperties")) {
            return faults(rules.get("additionalProperties"), value, path);
        }
        return known.isEmpty() ? List.of() : List.of(path + " is not described");
    }

    private static boolean is(String type, JsonValue value) {
        return switch (type) {
            case "string" -> value instanceof JsonString;
            case "integer" -> value instanceof JsonNumber number && number.isIntegral();
            case "number" -> value instanceof JsonNumber;
            case "boolean" -> value == JsonValue.TRUE || value == JsonValue.FALSE;
            case "object" -> value instanceof JsonObject;
            case "array" -> value instanceof JsonArray;
            default -> value == JsonValue.NULL;
        };
    }

    private static Object text(JsonValue value) {
        return value instanceof JsonString string ? string.getString() : value.toString();
    }

    private static List<String> types(Object type) {
        return type instanceof List<?> several ? several.stream().map(Object::toString).toList() : List.of(type.toString());
    }

    static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((name, each) -> map.put((String) name, each));
        return map;
    }
}

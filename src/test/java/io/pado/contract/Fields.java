package io.pado.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Compares samples with the types that they are samples of. */
final class Fields {

    private Fields() {
    }

    /** Checks names and kinds of a record's components, and of the records inside it. */
    static void assertMatch(JsonObject sample, Class<?> type) {
        Map<String, Type> components = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(name(component), component.getGenericType());
        }
        assertThat(sample.keySet()).as("fields of %s", type.getSimpleName()).isEqualTo(components.keySet());
        components.forEach((name, kind) -> assertKind(name, sample.get(name), kind));
    }

    private static void assertKind(String name, JsonValue value, Type kind) {
        if (kind instanceof ParameterizedType list) {
            assertThat(value).as(name).isInstanceOf(JsonArray.class);
            value.asJsonArray().forEach(element -> assertKind(name, element, list.getActualTypeArguments()[0]));
        } else if (kind instanceof Class<?> type && type.isRecord()) {
            assertMatch(value.asJsonObject(), type);
        } else if (kind == boolean.class) {
            assertThat(value).as(name).isIn(JsonValue.TRUE, JsonValue.FALSE);
        } else if (kind == long.class || kind == Long.class || kind == int.class) {
            assertThat(((JsonNumber) value).isIntegral()).as(name).isTrue();
        } else if (kind == Object.class) {
            assertThat(value).as(name).isInstanceOfAny(JsonNumber.class, JsonString.class);
        } else if (kind == double.class || kind == BigDecimal.class) {
            assertThat(value).as(name).isInstanceOf(JsonNumber.class);
        } else {
            assertThat(Set.<Type>of(String.class, Instant.class)).as(name).contains(kind);
            assertThat(value).as(name).isInstanceOf(JsonString.class);
        }
    }

    /** JSON-B reads the annotation from a record's field. */
    private static String name(RecordComponent component) {
        try {
            return name(component.getDeclaringRecord().getDeclaredField(component.getName()));
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String name(Field field) {
        JsonbProperty property = field.getAnnotation(JsonbProperty.class);
        return property == null ? field.getName() : property.value();
    }

    static JsonObject read(Path file) {
        try {
            return Json.parseObject(Files.readString(file)).orElseThrow();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + file, unreadable);
        }
    }
}

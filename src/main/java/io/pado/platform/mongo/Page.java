package io.pado.platform.mongo;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a list, newest first.
 *
 * @param items what is on it
 * @param next  the cursor of the part behind it; null on the last one
 */
@JsonbNillable
@JsonbPropertyOrder({"items", "next"})
public record Page<T>(List<T> items, String next) {

    /** @return the same part of a list of something made of these */
    public <R> Page<R> map(Function<T, R> view) {
        return new Page<>(items.stream().map(view).toList(), next);
    }
}

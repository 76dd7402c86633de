package io.pado.system;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The contract's samples. */
final class Samples {

    private Samples() {
    }

    static JsonObject generic(String name) {
        return of("generic", name);
    }

    /** @param folder below {@code contract} */
    static JsonObject of(String folder, String name) {
        try {
            return Http.json(Files.readString(Path.of("contract", folder, name + ".json")));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}

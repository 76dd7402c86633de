package io.pado.cafe.setting;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.Locale;

/**
 * A setting as clients see it.
 *
 * @param key       its name
 * @param value     always a text
 * @param type      {@code boolean} ({@code true} or {@code false}) or {@code text}
 * @param open      {@code isPublic}: whether everybody may know it
 * @param updatedBy who changed it last; left out while it is as it came
 * @param updatedAt when; left out while it is as it came
 */
@JsonbPropertyOrder({"key", "value", "type", "isPublic", "updatedBy", "updatedAt"})
public record SettingView(String key, String value, String type, @JsonbProperty("isPublic") boolean open, Editor updatedBy,
        Instant updatedAt) {

    static SettingView of(SettingKey key, Setting setting) {
        return new SettingView(key.key(), setting.value(), key.kind().name().toLowerCase(Locale.ROOT), key.open(),
                setting.updatedBy().orElse(null), setting.updatedAt().orElse(null));
    }
}

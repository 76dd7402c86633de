package io.pado.cafe.setting;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * CDI event, inside the transaction, and the data of {@code settings:changed} (spec system 2).
 *
 * @param key       which setting
 * @param value     what it is now, always as text
 * @param updatedBy who changed it
 * @param updatedAt when, UTC, milliseconds
 */
@JsonbPropertyOrder({"key", "value", "updatedBy", "updatedAt"})
public record SettingChanged(String key, String value, Editor updatedBy, Instant updatedAt) {
}

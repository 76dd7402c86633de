package io.pado.cafe.setting;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * Who changed a setting.
 *
 * @param id   user
 * @param name for people
 */
@JsonbPropertyOrder({"id", "name"})
public record Editor(long id, String name) {
}

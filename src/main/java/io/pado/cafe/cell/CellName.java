package io.pado.cafe.cell;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * A cell as the kiosk sees it.
 *
 * @param id   number
 * @param name for people
 */
@JsonbPropertyOrder({"id", "name"})
public record CellName(long id, String name) {
}

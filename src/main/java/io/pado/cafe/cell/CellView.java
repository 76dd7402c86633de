package io.pado.cafe.cell;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * A cell as staff see it.
 *
 * @param id      number
 * @param name    for people
 * @param balance points, whole won
 */
@JsonbPropertyOrder({"id", "name", "balance"})
public record CellView(long id, String name, long balance) {

    static CellView of(Cell cell) {
        return new CellView(cell.id(), cell.name(), cell.balance());
    }
}

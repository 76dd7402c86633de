package io.pado.cafe.menu;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * CDI event, inside the transaction, and the data of {@code menu:sold_out_changed} (spec system 2).
 *
 * @param menuId    which menu
 * @param menuName  its name
 * @param soldOut   {@code isSoldOut}: whether it cannot be ordered from now on
 * @param updatedAt when, UTC, milliseconds
 */
@JsonbPropertyOrder({"menuId", "menuName", "isSoldOut", "updatedAt"})
public record SoldOutChanged(long menuId, String menuName, @JsonbProperty("isSoldOut") boolean soldOut, Instant updatedAt) {
}

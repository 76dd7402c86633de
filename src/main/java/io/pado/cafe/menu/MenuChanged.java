package io.pado.cafe.menu;

/**
 * CDI event, inside the transaction: a menu is new, or was edited.
 *
 * @param menu its state now, the data of {@code menu:changed}
 */
public record MenuChanged(MenuView menu) {
}

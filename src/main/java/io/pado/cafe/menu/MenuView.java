package io.pado.cafe.menu;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * A menu as clients see it, in answers and in {@code menu:changed}.
 *
 * @param id          number
 * @param name        for people
 * @param price       whole won
 * @param category    for people
 * @param description empty for none
 * @param soldOut     {@code isSoldOut}: whether it cannot be ordered now
 * @param position    place in lists, lowest first
 * @param version     counts the edits
 */
@JsonbPropertyOrder({"id", "name", "price", "category", "description", "isSoldOut", "position", "version"})
public record MenuView(long id, String name, long price, String category, String description,
        @JsonbProperty("isSoldOut") boolean soldOut, int position, long version) {

    static MenuView of(Menu menu) {
        MenuDetails details = menu.details();
        return new MenuView(menu.id(), details.name(), details.price(), details.category(), details.description(), menu.soldOut(),
                details.position(), menu.revision());
    }
}

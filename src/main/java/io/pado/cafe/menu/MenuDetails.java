package io.pado.cafe.menu;

import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import java.util.stream.Stream;

/**
 * What an editor says of a menu.
 *
 * @param name        1 to 100 characters
 * @param price       whole won, 0 to 10,000,000
 * @param category    1 to 50 characters
 * @param description 500 characters at most; empty for none
 * @param position    place in lists, 0 to 1,000,000, lowest first
 */
record MenuDetails(String name, long price, String category, String description, int position) {

    static final String EXAMPLE = "{\"name\": \"Americano\", \"price\": 4000, \"category\": \"Coffee\"}";
    /** Position of a new menu that is to come after all others. */
    static final int LAST = -1;
    private static final int MAX_NAME = 100;
    private static final int MAX_CATEGORY = 50;
    private static final int MAX_DESCRIPTION = 500;
    private static final long MAX_PRICE = 10_000_000;
    private static final int MAX_POSITION = 1_000_000;

    /**
     * A new menu, which stands {@link #LAST} if it does not say where.
     *
     * @throws ProblemException 400 for wrong types, 422 for what is missing or out of range
     */
    static MenuDetails of(JsonBody fields) {
        MenuDetails details = new MenuDetails(fields.text("name", MAX_NAME), fields.number("price", 0, MAX_PRICE),
                fields.text("category", MAX_CATEGORY), fields.optionalText("description", MAX_DESCRIPTION),
                fields.has("position") ? position(fields) : LAST);
        fields.check();
        return details;
    }

    /**
     * The same with the fields that are given changed.
     *
     * @throws ProblemException 400 for wrong types, 422 for what is out of range, or if nothing is given
     */
    MenuDetails with(JsonBody fields) {
        if (Stream.of("name", "price", "category", "description", "position").noneMatch(fields::has)) {
            fields.wrong("name", "nothing is to be changed; send name, price, category, description or position");
        }
        MenuDetails changed = new MenuDetails(
                fields.has("name") ? fields.text("name", MAX_NAME) : name,
                fields.has("price") ? fields.number("price", 0, MAX_PRICE) : price,
                fields.has("category") ? fields.text("category", MAX_CATEGORY) : category,
                fields.has("description") ? fields.optionalText("description", MAX_DESCRIPTION) : description,
                fields.has("position") ? position(fields) : position);
        fields.check();
        return changed;
    }

    /** @return the same, if it was to come last: after those of this position */
    MenuDetails after(int position) {
        return this.position != LAST ? this
                : new MenuDetails(name, price, category, description, Math.min(position + 1, MAX_POSITION));
    }

    private static int position(JsonBody fields) {
        return (int) fields.number("position", 0, MAX_POSITION);
    }
}

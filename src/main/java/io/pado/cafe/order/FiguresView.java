package io.pado.cafe.order;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Figures of one business day. Cancelled orders count only in {@code byStatus}.
 *
 * @param date     the business day
 * @param orders   how many
 * @param revenue  whole won
 * @param byStatus how many orders have each status
 * @param perHour  all 24 hours of the café's zone
 * @param perMenu  what was sold, the most first
 */
@JsonbPropertyOrder({"date", "orders", "revenue", "byStatus", "perHour", "perMenu"})
public record FiguresView(LocalDate date, long orders, long revenue, Map<String, Long> byStatus, List<Hour> perHour, List<Sold> perMenu) {

    /**
     * @param hour    0 to 23
     * @param orders  placed in it
     * @param revenue whole won
     */
    @JsonbPropertyOrder({"hour", "orders", "revenue"})
    public record Hour(int hour, long orders, long revenue) {
    }

    /**
     * @param menuId   the menu
     * @param menuName its name when it was ordered
     * @param quantity how many
     * @param revenue  whole won
     */
    @JsonbPropertyOrder({"menuId", "menuName", "quantity", "revenue"})
    public record Sold(long menuId, String menuName, long quantity, long revenue) {
    }
}

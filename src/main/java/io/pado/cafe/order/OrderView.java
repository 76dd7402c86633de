package io.pado.cafe.order;

import io.pado.cafe.cell.CellName;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * An order as answers show it. Its fields are those of its events, and a few more.
 *
 * @param orderId     its name
 * @param dailyNum    what is called out, from 1 on each business day
 * @param date        the business day
 * @param payType     CELL, CARD, CASH or TRANSFER
 * @param cellInfo    the cell that paid; left out unless payType is CELL
 * @param items       as ordered
 * @param totalAmount whole won
 * @param status      PENDING, MAKING, COMPLETED or CANCELLED
 * @param reason      why it was cancelled; left out unless it was
 * @param createdAt   UTC, milliseconds
 * @param updatedAt   of the last step
 */
@JsonbPropertyOrder({"orderId", "dailyNum", "date", "payType", "cellInfo", "items", "totalAmount", "status", "reason", "createdAt",
    "updatedAt"})
public record OrderView(String orderId, int dailyNum, LocalDate date, String payType, CellName cellInfo, List<ItemView> items,
        long totalAmount, String status, String reason, Instant createdAt, Instant updatedAt) {

    /**
     * @param menuId     the menu
     * @param menuName   its name when it was ordered
     * @param price      of one, whole won, when it was ordered
     * @param quantity   how many
     * @param totalPrice of all, whole won
     */
    @JsonbPropertyOrder({"menuId", "menuName", "price", "quantity", "totalPrice"})
    public record ItemView(long menuId, String menuName, long price, int quantity, long totalPrice) {
    }

    static OrderView of(Order order) {
        List<ItemView> items = order.items().stream()
                .map(item -> new ItemView(item.menuId(), item.menuName(), item.price(), item.quantity(), item.total())).toList();
        return new OrderView(order.orderId(), order.dailyNum(), order.businessDay(), order.payType().name(), order.cell().orElse(null),
                items, order.totalAmount(), order.status().name(), order.reason().orElse(null), order.createdAt(), order.updatedAt());
    }
}

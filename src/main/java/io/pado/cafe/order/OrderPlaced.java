package io.pado.cafe.order;

import io.pado.cafe.cell.CellName;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;

/**
 * CDI event, inside the transaction, and the data of {@code order:created} (spec system 2).
 *
 * @param orderId     its name
 * @param dailyNum    what is called out
 * @param payType     CELL, CARD, CASH or TRANSFER
 * @param cellInfo    the cell that paid; left out unless payType is CELL
 * @param items       as ordered
 * @param totalAmount whole won
 * @param status      PENDING
 * @param createdAt   UTC, milliseconds
 */
@JsonbPropertyOrder({"orderId", "dailyNum", "payType", "cellInfo", "items", "totalAmount", "status", "createdAt"})
public record OrderPlaced(String orderId, int dailyNum, String payType, CellName cellInfo, List<Item> items, long totalAmount,
        String status, Instant createdAt) {

    /**
     * @param menuName   name of the menu
     * @param quantity   how many
     * @param totalPrice of all, whole won
     */
    @JsonbPropertyOrder({"menuName", "quantity", "totalPrice"})
    public record Item(String menuName, int quantity, long totalPrice) {
    }

    static OrderPlaced of(Order order) {
        List<Item> items = order.items().stream().map(item -> new Item(item.menuName(), item.quantity(), item.total())).toList();
        return new OrderPlaced(order.orderId(), order.dailyNum(), order.payType().name(), order.cell().orElse(null), items,
                order.totalAmount(), order.status().name(), order.createdAt());
    }
}

package io.pado.cafe.order;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * CDI event, inside the transaction, and the data of {@code order:status_changed} (spec system 2). A cancellation is one too.
 *
 * @param orderId        its name
 * @param dailyNum       what is called out
 * @param status         what it is now
 * @param previousStatus what it was
 * @param updatedAt      when, UTC, milliseconds
 */
@JsonbPropertyOrder({"orderId", "dailyNum", "status", "previousStatus", "updatedAt"})
public record OrderStatusChanged(String orderId, int dailyNum, String status, String previousStatus, Instant updatedAt) {

    static OrderStatusChanged of(Order order, OrderStatus previous) {
        return new OrderStatusChanged(order.orderId(), order.dailyNum(), order.status().name(), previous.name(), order.updatedAt());
    }

    boolean cancels() {
        return status.equals(OrderStatus.CANCELLED.name());
    }
}

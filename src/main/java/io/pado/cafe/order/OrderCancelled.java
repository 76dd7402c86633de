package io.pado.cafe.order;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * CDI event, inside the transaction, and the data of {@code order:cancelled} (spec system 2).
 *
 * @param orderId     its name
 * @param dailyNum    what is called out
 * @param reason      why, in somebody's words
 * @param cancelledAt when, UTC, milliseconds
 */
@JsonbPropertyOrder({"orderId", "dailyNum", "reason", "cancelledAt"})
public record OrderCancelled(String orderId, int dailyNum, String reason, Instant cancelledAt) {

    static OrderCancelled of(Order order) {
        return new OrderCancelled(order.orderId(), order.dailyNum(), order.reason().orElse(""), order.updatedAt());
    }
}

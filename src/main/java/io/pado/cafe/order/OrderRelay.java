package io.pado.cafe.order;

import io.pado.cafe.CafeTopic;
import io.pado.realtime.sql.TransactionalOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/**
 * Tells staff of everything, and the board of every step. Of a cancellation staff hear as such, with its reason. The order's lock keeps the
 * events of one order in order; those of new orders are in the order of their numbers, for these are given under a lock too.
 */
@ApplicationScoped
public class OrderRelay {

    @Inject
    private TransactionalOutbox outbox;

    void placed(@Observes OrderPlaced order) {
        outbox.add(CafeTopic.ORDER_CREATED.publication(order.orderId(), order));
    }

    void statusChanged(@Observes OrderStatusChanged change) {
        if (!change.cancels()) {
            outbox.add(CafeTopic.ORDER_STATUS_CHANGED.publication(change.orderId(), change));
        }
        outbox.add(CafeTopic.BOARD.publication(change.orderId(), change));
    }

    void cancelled(@Observes OrderCancelled order) {
        outbox.add(CafeTopic.ORDER_CANCELLED.publication(order.orderId(), order));
    }
}

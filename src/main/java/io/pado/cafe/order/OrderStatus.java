package io.pado.cafe.order;

import java.util.Optional;

/** How far an order has come: {@code PENDING → MAKING → COMPLETED}, and {@code CANCELLED} from the first two (spec system 2). */
enum OrderStatus {

    PENDING, MAKING, COMPLETED, CANCELLED;

    /** @return the one step that may follow, besides a cancellation; empty if this one is final */
    Optional<OrderStatus> next() {
        return switch (this) {
            case PENDING -> Optional.of(MAKING);
            case MAKING -> Optional.of(COMPLETED);
            case COMPLETED, CANCELLED -> Optional.empty();
        };
    }
}

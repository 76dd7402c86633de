package io.pado.cafe.cell;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** One line of a cell's history; never changed. */
@Entity
@Table(name = "cell_change")
public class CellChange {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "cell_id")
    private long cellId;
    @Enumerated(EnumType.STRING)
    private ChangeType type;
    @Column(name = "balance_before")
    private long balanceBefore;
    @Column(name = "balance_after")
    private long balanceAfter;
    @Column(name = "order_id")
    private String orderId;
    private String reason;
    @Column(name = "changed_by")
    private Long changedBy;
    @Column(name = "changed_at")
    private Instant changedAt;

    /** For JPA. */
    protected CellChange() {
    }

    /** @param cell after the change */
    CellChange(Cell cell, long amount, Cause cause, Instant now) {
        cellId = cell.id();
        type = cause.type();
        balanceBefore = cell.balance() - amount;
        balanceAfter = cell.balance();
        orderId = nullable(cause.orderId());
        reason = nullable(cause.reason());
        changedBy = cause.by().userId().isPresent() ? cause.by().userId().getAsLong() : null;
        changedAt = now;
    }

    CellChangeView view() {
        return new CellChangeView(id, type.name(), balanceBefore, balanceAfter, balanceAfter - balanceBefore, orderId, reason, changedBy,
                changedAt);
    }

    private static String nullable(String text) {
        return text.isEmpty() ? null : text;
    }
}

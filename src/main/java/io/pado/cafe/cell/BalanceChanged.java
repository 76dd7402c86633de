package io.pado.cafe.cell;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * CDI event, inside the transaction, and the data of {@code cell:balance_changed} (spec system 2).
 *
 * @param cellId        which cell
 * @param cellName      its name
 * @param balanceBefore whole won
 * @param balanceAfter  whole won
 * @param changeAmount  whole won, negative for what was taken
 * @param type          {@link ChangeType}
 * @param updatedAt     when, UTC, milliseconds
 */
@JsonbPropertyOrder({"cellId", "cellName", "balanceBefore", "balanceAfter", "changeAmount", "type", "updatedAt"})
public record BalanceChanged(long cellId, String cellName, long balanceBefore, long balanceAfter, long changeAmount, String type,
        Instant updatedAt) {
}

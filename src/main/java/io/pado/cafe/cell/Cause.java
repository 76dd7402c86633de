package io.pado.cafe.cell;

import io.pado.identity.Caller;

/**
 * What made a balance change.
 *
 * @param orderId of the order that was paid or given back; empty for none
 * @param reason  an admin's words; empty for none
 * @param by      whose request it was
 */
record Cause(ChangeType type, String orderId, String reason, Caller by) {
}

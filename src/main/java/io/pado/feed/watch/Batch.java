package io.pado.feed.watch;

import java.util.List;

/**
 * Some changes, in order.
 *
 * @param changes what happened; empty if nothing did
 * @param after   the place behind them
 */
record Batch(List<RawChange> changes, Position after) {
}

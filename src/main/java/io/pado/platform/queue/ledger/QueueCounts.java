package io.pado.platform.queue.ledger;

/**
 * How many jobs there are, over all nodes.
 *
 * @param waiting for a worker, for their turn or for their next attempt
 * @param running with a worker now
 * @param dead    kept for an admin
 */
public record QueueCounts(long waiting, long running, long dead) {
}

package io.pado.platform.queue.ledger;

/**
 * What became of a job that was handed in.
 *
 * @param isNew  false if it is known already
 * @param isNext whether it may be done now: no earlier job of its group is unfinished
 * @param isFull whether it was not taken, because too many wait
 */
public record Added(boolean isNew, boolean isNext, boolean isFull) {
}

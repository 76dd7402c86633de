package io.pado.poll;

/**
 * CDI event, inside the transaction: a poll was opened, voted in or closed.
 *
 * @param poll its state after the change
 */
public record PollChanged(PollView poll) {
}

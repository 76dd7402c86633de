package io.pado.platform.queue.ledger;

/**
 * Says that a job waits for a worker. It may get lost, come twice or too late: the ledger decides.
 *
 * @param id    of the job
 * @param group of the job; empty for none
 */
public record Notice(String id, String group) {
}

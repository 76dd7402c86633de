/** What is true about each job, in Redis: who may work, whether it is done ({@link io.pado.platform.queue.ledger.JobLedger}). */
package io.pado.platform.queue.ledger;

/**
 * The durable work queue. A feature hands in {@link io.pado.platform.queue.Jobs jobs} and offers a {@link io.pado.platform.queue.JobHandler}
 * for each kind of them; any node may do the work. What is true about a job stands in the {@code .ledger} (Redis); a message over a channel
 * of MicroProfile Reactive Messaging only says that a job waits. No business word in here.
 */
package io.pado.platform.queue;

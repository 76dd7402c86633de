/** The queue of one connection, its limits, and what its reader got and did not. */
package io.pado.realtime.hub.outbox;

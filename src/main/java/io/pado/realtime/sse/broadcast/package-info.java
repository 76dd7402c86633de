/**
 * The {@code SseBroadcaster} of JAX-RS over the hub ({@link io.pado.realtime.sse.broadcast.BroadcastTopic}): the runtime's own waits for the
 * slowest.
 */
package io.pado.realtime.sse.broadcast;

/**
 * This node's listeners: who joined which topics, how events reach them in order and without gaps. What waits for each of them is in {@code .outbox}.
 * {@link io.pado.realtime.hub.Hub} is the way in.
 *
 * <p>May use: {@code realtime} with {@code .policy}, {@code .log}, {@code .audience}; {@code identity}, {@code java..} and CDI. It knows no
 * transport and no store.
 */
package io.pado.realtime.hub;

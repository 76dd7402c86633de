/**
 * This node's listeners: who joined which topics, how events reach them in order and without gaps, and what waits for each of them.
 * {@link io.pado.realtime.hub.Hub} is the way in.
 *
 * <p>May use: {@code realtime}, {@code realtime.log}, {@code realtime.audience}, {@code identity}, {@code java..} and CDI. It knows no
 * transport and no store.
 */
package io.pado.realtime.hub;

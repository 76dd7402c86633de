/**
 * Which topics a caller hears on a stream ({@link io.pado.realtime.audience.Audience}), and how a feature says that this has changed
 * ({@link io.pado.realtime.audience.Audiences}). The hub brings open streams to it.
 *
 * <p>May use: {@code realtime}, {@code realtime.log}, {@code identity}, {@code java..} and CDI.
 */
package io.pado.realtime.audience;

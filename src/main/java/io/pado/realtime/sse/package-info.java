/**
 * The core over Server-Sent Events (WHATWG HTML, section 9.2). A stream begins as an ordinary JAX-RS answer; then its connection
 * leaves HTTP ({@link io.pado.realtime.sse.BareStream}), and frames that are encoded once go to all readers. For code that
 * is written with {@code SseEventSink} there is an own {@code SseBroadcaster} over the hub ({@link io.pado.realtime.sse.BroadcastTopic}): the runtime's waits for
 * the slowest.
 *
 * <p>{@link io.pado.realtime.sse.ChannelResource} is system 3's endpoint; features contribute its
 * {@link io.pado.realtime.sse.Channel}s.
 */
package io.pado.realtime.sse;

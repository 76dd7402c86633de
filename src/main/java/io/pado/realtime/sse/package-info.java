/**
 * The core over Server-Sent Events (WHATWG HTML, section 9.2). JAX-RS gives the face: its {@code SseEventSink} opens and ends a
 * stream, an own {@code SseBroadcaster} stands over the hub. In between the frames go straight to the response, shared by all
 * readers: the runtime's sink encodes each event anew for each reader, and its broadcaster waits for the slowest of them.
 *
 * <p>{@link io.pado.realtime.sse.ChannelResource} is system 3's endpoint; features contribute its
 * {@link io.pado.realtime.sse.Channel}s.
 */
package io.pado.realtime.sse;

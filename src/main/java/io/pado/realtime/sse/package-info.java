/**
 * The core over Server-Sent Events (WHATWG HTML, section 9.2). A stream begins as an ordinary JAX-RS answer; then its connection
 * leaves HTTP ({@code .carrier}), and frames that are encoded once go to all readers. For code that is written with {@code SseEventSink} there
 * is an own {@code SseBroadcaster} over the hub ({@code .broadcast}).
 */
package io.pado.realtime.sse;

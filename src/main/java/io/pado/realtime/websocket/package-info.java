/**
 * The core over WebSocket (RFC 6455): {@link io.pado.realtime.websocket.WebSockets} opens one for any servlet that has a
 * {@link io.pado.realtime.websocket.Dialogue}. {@code .live} has that of {@code /live}.
 * May use: the core, its topics and streams, identity, platform.
 */
package io.pado.realtime.websocket;

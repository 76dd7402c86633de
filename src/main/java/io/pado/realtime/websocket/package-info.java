/**
 * The core over WebSocket (RFC 6455): {@link io.pado.realtime.websocket.WebSockets} opens one for any servlet that has a
 * {@link io.pado.realtime.websocket.Dialogue}. {@link io.pado.realtime.websocket.LiveDialogue} is that of {@code /live}, on which topics
 * come and go; what is said there is in {@code docs/protocol.md}. May use: the core, its topics and streams, identity, platform.
 */
package io.pado.realtime.websocket;

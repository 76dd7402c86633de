/**
 * The core over WebSocket (RFC 6455): {@link io.pado.realtime.websocket.LiveEndpoint}, {@code /live}, on which topics come and go. What is
 * said on it is in {@code docs/protocol.md}. May use: the core, its topics and streams, identity, platform.
 */
package io.pado.realtime.websocket;

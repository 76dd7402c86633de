/**
 * What is said on {@code /live}, on which topics come and go; see {@code docs/protocol.md}. May use: the core, its topics and streams,
 * WebSockets, identity, platform.
 */
package io.pado.realtime.websocket.live;

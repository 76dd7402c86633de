/**
 * {@code /ws}: the café's events over a WebSocket, in the form of system 2. May use: the café's common package, the core, identity,
 * platform.
 */
package io.pado.cafe.live;

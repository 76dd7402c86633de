/**
 * What the streams of all transports have in common: who may open how many, heartbeats, prolonging by a fresh token, and the end when
 * the server stops. May use: the core, identity, platform.
 */
package io.pado.realtime.stream;

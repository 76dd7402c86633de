/**
 * What carries a connection: a bare one that has left HTTP, or the container's own; which of the two is in use; peers that did not take a
 * whole write. May use: the core, the settings of streams, platform.
 */
package io.pado.realtime.carrier;

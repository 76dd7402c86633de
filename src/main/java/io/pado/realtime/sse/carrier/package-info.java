/**
 * What carries a stream: a bare connection that has left HTTP ({@link io.pado.realtime.sse.carrier.BareStream}), or the response, by the
 * specifications alone ({@link io.pado.realtime.sse.carrier.ResponseStream}).
 */
package io.pado.realtime.sse.carrier;

/**
 * A feature's rules for its topics: who may read and publish, what a slow reader gets, how long events are kept. May use: the core's
 * vocabulary and {@code identity.Caller}.
 */
package io.pado.realtime.policy;

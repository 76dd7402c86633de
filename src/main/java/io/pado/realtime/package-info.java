/**
 * The core's vocabulary, which features and all parts of the core share: topics, events, notices, and the ports of a
 * listener's transport. It knows no feature, no transport and no store.
 *
 * <p>The way of one event: {@link io.pado.realtime.log.Publisher} → {@link io.pado.realtime.log.EventLog} (numbered, stored and announced
 * in one step) → {@link io.pado.realtime.log.Announcement}, a CDI event on every node that follows the topic →
 * {@link io.pado.realtime.hub.Hub} → each {@link io.pado.realtime.hub.Subscriber}'s {@link io.pado.realtime.hub.outbox.Outbox} → its
 * {@link io.pado.realtime.Connection}.
 *
 * <p>May use: {@code java..}, CDI and {@code identity.Caller}. Ports filled in by other packages: {@code Writers} (realtime.writer),
 * {@code Connection} and {@code Wire} (realtime.stream, realtime.sse, realtime.websocket), {@code Renewals} (realtime.redis),
 * {@code Tap} (features).
 */
package io.pado.realtime;

/**
 * The core: topics, envelopes, the log, the hub of this node's subscribers. It knows no feature, no transport and no store.
 *
 * <p>The way of one event: {@link io.pado.realtime.Publisher} → {@link io.pado.realtime.EventLog} (numbered, stored and announced
 * in one step) → {@link io.pado.realtime.Announcement}, a CDI event on every node that follows the topic →
 * {@link io.pado.realtime.Hub} → each {@link io.pado.realtime.Subscriber}'s {@link io.pado.realtime.Outbox} → its
 * {@link io.pado.realtime.Connection}.
 *
 * <p>May use: {@code java..}, CDI and {@code identity.Caller}. Ports filled in by other packages: {@code EventLog} and
 * {@code TopicFeed} (realtime.redis), {@code Writers} (realtime.writer), {@code Connection} and {@code Wire} (realtime.sse),
 * {@code TopicPolicy} (features).
 */
package io.pado.realtime;

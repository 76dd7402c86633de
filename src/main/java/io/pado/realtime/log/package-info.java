/**
 * The event log as the rest of the server sees it: {@link io.pado.realtime.log.Publisher} is the one way in,
 * {@link io.pado.realtime.log.EventLog} and {@link io.pado.realtime.log.TopicFeed} are the ports that a store fills (realtime.redis), and
 * the records are the CDI events by which the store tells what came and when it cannot serve.
 *
 * <p>May use: {@code realtime}, {@code java..} and CDI.
 */
package io.pado.realtime.log;

/**
 * Polls and their votes (system 3). Publishes {@code vote_update} on the topic {@code votes}, one event for all polls, keyed by the
 * poll; also takes in what foreign programs publish on the Redis channel {@code vote_updates}. May use: identity, realtime,
 * platform.
 */
package io.pado.poll;

/** The stream at {@code /api/realtime/stream}, and how far the watch behind it is. May use: feed, realtime, identity, platform. */
package io.pado.feed.stream;

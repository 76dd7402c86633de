/**
 * System 1: what programs write into MongoDB is told to the people whom it concerns, on {@code /api/realtime/stream}. One node at a time watches the
 * database ({@link io.pado.feed.FeedWatch}); features say what the changes of their collections mean ({@link io.pado.feed.Watched}). Topics: {@code feed}
 * with the type {@code reset}, {@code feed:<user>} with the types of the features. May use: realtime, identity, platform.
 */
package io.pado.feed;

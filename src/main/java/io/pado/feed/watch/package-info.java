/**
 * One node at a time watches MongoDB ({@link io.pado.feed.watch.FeedWatch}) and publishes what changes mean. May use: the feed's own words,
 * realtime, identity, platform.
 */
package io.pado.feed.watch;

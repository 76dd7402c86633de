/**
 * System 1: what programs write into MongoDB is told to the people whom it concerns. Here stands what features say of their collections
 * ({@link io.pado.feed.Watched}); {@code .watch} hears the changes, {@code .stream} is what clients see. Topics: {@code feed} with the type
 * {@code reset}, {@code feed:<user>} with the types of the features. May use: realtime, identity, platform.
 */
package io.pado.feed;

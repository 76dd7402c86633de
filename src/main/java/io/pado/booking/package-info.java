/**
 * Bookings (system 1): who books what of whom, and its steps, over REST. They are documents of MongoDB's collection {@code bookings}, which other
 * programs may write too: nothing is taken for granted in them. What changes is told from MongoDB's stream of changes, whoever wrote it.
 *
 * <p>May use: feed, realtime, identity, platform.
 */
package io.pado.booking;

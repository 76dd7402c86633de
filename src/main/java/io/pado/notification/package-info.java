/**
 * Notifications (system 1) over REST: a user reads their own, an admin writes them. They are documents of MongoDB's collection {@code notifications},
 * which other programs may write too: nothing is taken for granted in them. New ones are told from MongoDB's stream of changes, whoever wrote them.
 *
 * <p>May use: feed, realtime, identity, platform.
 */
package io.pado.notification;

/**
 * Rooms and messages (system 1) over REST. They are documents of MongoDB's collections {@code chatrooms} and {@code chatmessages}, which other programs may
 * write too: nothing is taken for granted in them. New messages are told from MongoDB's stream of changes, whoever wrote them.
 *
 * <p>May use: feed, realtime, identity, platform.
 */
package io.pado.chat;

/**
 * Who is whose friend: requests, answers, ends; in the database. A change of friendships is an {@code audience_changed} of the core, stored with it, so that
 * the open streams of both hear it; requests are events of {@code friends:<id>}.
 *
 * <p>May use: realtime, identity, platform.
 */
package io.pado.presence.friend;

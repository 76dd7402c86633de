/**
 * System 4: who of one's friends is online. Every open stream of a user, of whatever system, counts; Redis holds who has how many, on which node, and
 * decides by its own clock. What friends are told is an event of the topic {@code presence:<user>}, of type {@code status_change}.
 *
 * <p>May use: presence.friend, realtime, identity, platform.
 */
package io.pado.presence;

/**
 * Orders and their steps, with the points that they move. Publishes {@code order:created}, {@code order:status_changed} and
 * {@code order:cancelled} to staff, and every step on {@code cafe:board} to everybody else; keyed by the order. Calls the use cases of
 * {@code menu}, {@code cell} and {@code setting}. May use: the café's common package, identity, realtime, platform.
 */
package io.pado.cafe.order;

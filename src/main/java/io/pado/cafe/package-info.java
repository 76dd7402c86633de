/**
 * The café (system 2): orders, menus, points of cells, settings, and {@code /ws} on which all of it is heard. This package is what its
 * parts share: the topics, who may do what, and commands that may come twice. An order and its points are one transaction, so
 * {@code order} calls the use cases of {@code menu}, {@code cell} and {@code setting}; none of these knows another part.
 *
 * <p>Locks are taken in this order, so that no two transactions wait for each other: idempotency key, order, setting (shared), menus
 * (shared, by id), cell, number of the day. The last one makes all orders of a day wait for each other, and is held for the shortest time.
 *
 * <p>May use: identity, realtime, platform.
 */
package io.pado.cafe;

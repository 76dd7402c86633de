/**
 * What can be ordered. Publishes {@code menu:changed} and {@code menu:sold_out_changed}, keyed by the menu, to everybody. May use: the café's
 * common package, realtime, platform.
 */
package io.pado.cafe.menu;

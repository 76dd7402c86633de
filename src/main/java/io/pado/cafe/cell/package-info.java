/**
 * Cells: groups of guests that pay by points. Publishes {@code cell:balance_changed}, keyed by the cell, to staff. May use: the café's common
 * package, identity, realtime, platform.
 */
package io.pado.cafe.cell;

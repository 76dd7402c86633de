/**
 * The café's settings, which admins change while it is open. Publishes {@code settings:changed}: of settings that everybody may know on
 * {@code cafe:settings:changed}, of the others on {@code cafe:settings:internal}; keyed by the setting. May use: the café's common
 * package, identity, realtime, platform.
 */
package io.pado.cafe.setting;

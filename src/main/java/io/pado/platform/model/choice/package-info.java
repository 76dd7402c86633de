/** Which model answers: the one that is configured, or the scripted one. */
package io.pado.platform.model.choice;

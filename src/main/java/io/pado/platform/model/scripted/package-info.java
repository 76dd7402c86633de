/** A model that answers by a script, when no address is configured. */
package io.pado.platform.model.scripted;

/** JSON text to values and back, the same for answers and events. */
package io.pado.platform.json;

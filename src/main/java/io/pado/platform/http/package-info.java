/** What every request passes and what answers have in common: filters, headers, bodies, representations. */
package io.pado.platform.http;

/** Who is calling. May use: platform. Everybody above takes a {@link io.pado.identity.Caller} and asks nothing else. */
package io.pado.identity;

/** What the embedded demo's café begins with. May use: {@code menu}, {@code cell}, {@code setting}, platform. */
package io.pado.cafe.demo;

/** The WAR's entry points. Everything else is below: components on their floors, see {@code docs/architecture.md}. */
package io.pado;

/**
 * Runs: answers in the making, that outlive their readers and their makers. A run is a topic {@code run:<id>} of the log and a state beside it, which go
 * on together. Here stands what is known of runs and how readers hear them; {@code .making} opens, makes and stops them. Features make runs
 * ({@code ai}, {@code chat}) and show them by wires of their own.
 *
 * <p>May use: realtime, identity, platform.
 */
package io.pado.run;

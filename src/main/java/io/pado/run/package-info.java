/**
 * Runs: answers in the making, that outlive their readers and their makers. A run is a topic {@code run:<id>} of the log and a state beside it, which go
 * on together; one node at a time makes it, by a lease with a fence. It has one last event, always: its maker's, or that of the node which finds that
 * the maker is gone. Features make runs ({@code ai}, {@code chat}) and show them by wires of their own.
 *
 * <p>May use: realtime, identity, platform.
 */
package io.pado.run;

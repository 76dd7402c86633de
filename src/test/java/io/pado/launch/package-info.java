/**
 * Runs the built server on this machine: one or several nodes as child processes, for the demo and for black-box tests.
 *
 * <p>{@link io.pado.launch.Run} is what the run command starts; {@link io.pado.launch.Node} is one server. Knows the stores,
 * but nothing of the server's inside: settings go in as environment variables, health comes back over HTTP.
 */
package io.pado.launch;

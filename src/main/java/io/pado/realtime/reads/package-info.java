/**
 * Answers that many ask for: shared by those who ask at the same time and, where {@code pado.reads.kept} says so, kept in this node until a change of the
 * facts is heard.
 *
 * <p>May use: {@code realtime}, {@code realtime.hub}, {@code realtime.log} and {@code platform}.
 */
package io.pado.realtime.reads;

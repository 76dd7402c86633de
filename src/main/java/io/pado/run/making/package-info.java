/**
 * Opens, makes, finds and stops runs. One node at a time makes a run, by a lease with a fence. It has one last event, always: its maker's,
 * or that of the node which finds that the maker is gone. May use: what is known of runs, realtime, platform.
 */
package io.pado.run.making;

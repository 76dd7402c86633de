/** AI answers (system 3). So far only the channel and its topic are here: a stream of it opens, and nothing is answered yet. */
package io.pado.ai;

/** The public chat room (system 3). So far only its channel and topic are here: a stream of it opens, and nothing is said yet. */
package io.pado.lounge;

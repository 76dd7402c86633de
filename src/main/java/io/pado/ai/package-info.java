/** AI answers (system 3). So far only the channel and its topic are here */
package io.pado.ai;

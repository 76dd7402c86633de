/** The public chat room (system 3). So far only its channel and topic are here */
package io.pado.lounge;

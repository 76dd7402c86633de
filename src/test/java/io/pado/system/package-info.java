/**
 * Black-box tests of the running system: real stores, real nodes, and readers that speak HTTP and SSE like any other client.
 * They know the addresses, the frames and the tables of polls, nothing of the server's classes.
 */
package io.pado.system;

/** The connection to MongoDB. Nobody but classes named {@code …Collection} and {@code …Watcher} uses the driver elsewhere. */
package io.pado.platform.mongo;

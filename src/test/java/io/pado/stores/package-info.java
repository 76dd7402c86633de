/**
 * The data stores of a demo or a test run on this machine: real PostgreSQL and real Redis, started as child processes, and
 * MongoDB: a {@code mongod} where there is one, otherwise the server of {@code io.pado.stores.mongo} in this process.
 *
 * <p>{@link io.pado.stores.Stores} starts what is not configured and joins what is; the outcome is always a set of
 * MicroProfile Config settings for the server. A further store is one {@code StoreKind} and one {@link io.pado.stores.Store};
 * the others do not change. Nothing in here knows the server.
 */
package io.pado.stores;

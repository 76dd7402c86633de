/**
 * The SQL database: its schema's migrations, commands that are done once though they come twice
 * ({@link io.pado.platform.sql.IdempotentCalls}), and locks that no crowd withholds from a writer
 * ({@link io.pado.platform.sql.FairLocks}).
 */
package io.pado.platform.sql;

/**
 * The SQL database: its schema's migrations, and commands that are done once though they come twice
 * ({@link io.pado.platform.sql.IdempotentCalls}).
 */
package io.pado.platform.sql;

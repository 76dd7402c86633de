/** The SQL database: its schema's migrations and whether it answers. */
package io.pado.platform.sql;

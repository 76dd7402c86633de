/**
 * The transactional outbox: events written in the transaction of the fact they tell, and published after its commit; and events from outside that
 * wait there while the log is away. May use: the core, platform.sql, JPA and JDBC.
 */
package io.pado.realtime.sql;

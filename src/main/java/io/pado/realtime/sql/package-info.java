/**
 * The transactional outbox: events written in the transaction of the fact they tell, and published after its commit; and events from outside that
 * wait there while the log is away. May use: the core, platform.sql, JPA, JDBC, and the health of MicroProfile.
 */
package io.pado.realtime.sql;

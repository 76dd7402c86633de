/**
 * The transactional outbox: events written in the transaction of the fact they tell, and published after its commit. May use: the
 * core and JPA.
 */
package io.pado.realtime.sql;

/**
 * A server that speaks MongoDB's protocol, for demos and tests on machines without a {@code mongod}. The commands and queries are those of
 * mongo-java-server; here are the things that Pado needs and that library lacks: change streams, transactions, sessions, and what makes a server
 * a replica set of one member.
 *
 * <p>One thread runs all commands, one after the other, and writes their answers: no class in here but
 * {@link io.pado.stores.mongo.EmbeddedMongo} is thread-safe, and none has to be.
 *
 * <p>{@code Commands} takes a command to where it is done. {@code RecordedCollection} tells of each write as a {@code Change};
 * {@code ChangeLog} numbers and keeps changes; {@code ChangeStreams} has the open cursors, each a {@code ChangeCursor}, and answers those that
 * wait; {@code Transactions} runs statements on private copies and commits them in one step.
 */
package io.pado.stores.mongo;

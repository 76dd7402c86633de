/**
 * The topics of applications that have no code here, and the way in and out of every topic over REST: any back end may publish
 * ({@link io.pado.realtime.topic.Publishing}), anybody who may read may read back. {@link io.pado.realtime.topic.EventText} is what an
 * event looks like on all generic endpoints. May use: the core, realtime.sql, identity, platform.
 */
package io.pado.realtime.topic;

/**
 * The core's ports on Redis: the log (streams and two Lua scripts), the feed (pub/sub) and the intake of what foreign programs
 * publish. Keys and channels: {@link io.pado.realtime.redis.Keys}. Written to the command set of Redis 6.2.
 */
package io.pado.realtime.redis;

/**
 * The core's ports on Redis: the log (streams and two Lua scripts) and the feed (pub/sub). Keys and channels: {@link io.pado.realtime.redis.Keys}. Written to the command set of Redis 6.2.
 */
package io.pado.realtime.redis;

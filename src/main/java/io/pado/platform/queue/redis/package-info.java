/** Channels of MicroProfile Reactive Messaging over Redis Streams: {@code pado-redis}. */
package io.pado.platform.queue.redis;

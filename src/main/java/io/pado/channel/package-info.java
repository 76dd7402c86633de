/**
 * System 3's streams, {@code /sse/*}: channels that features offer ({@link io.pado.channel.Channel}), as unnamed events. Also takes in what foreign
 * programs publish on the Redis channels that features offer. May use: realtime, identity, platform.
 */
package io.pado.channel;

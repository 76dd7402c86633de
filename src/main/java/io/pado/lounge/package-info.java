/**
 * The public chat room of system 3: the {@code chat} channel, {@code /api/chat/messages}. Publishes {@code chat_message} on {@code lounge}; takes in the Redis
 * channel {@code chat_messages}.
 *
 * <p>May use: channel, realtime, identity, platform.
 */
package io.pado.lounge;

/**
 * What is said to characters (system 5): {@code POST /api/chat/rooms/{id}/send}. A send is a run, which {@code chat.answer} makes.
 *
 * <p>May use: chat.answer, chat, chat.persona, run, realtime, identity, platform.
 */
package io.pado.chat.send;

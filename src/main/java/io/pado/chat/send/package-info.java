/**
 * What is said to characters, and their answers (system 5): {@code POST /api/chat/rooms/{id}/send}. A send is a run; in a room of one user and one character
 * the run's maker asks the language model itself, in a group the characters' answers are jobs of the work queue.
 *
 * <p>May use: chat, chat.persona, run, realtime, identity, platform.
 */
package io.pado.chat.send;

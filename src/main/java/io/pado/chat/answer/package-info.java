/**
 * What characters answer. In a room of one user and one character the run's maker asks the language model itself; in a group the answers are
 * jobs of the work queue. May use: chat, chat.persona, run, realtime, identity, platform.
 */
package io.pado.chat.answer;

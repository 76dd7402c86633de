/**
 * Characters that answer in chat rooms, and how close they are to each user. May use: identity, platform.
 */
package io.pado.chat.persona;

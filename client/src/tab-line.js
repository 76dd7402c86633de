import {isAfter} from './ids.js';
import {greetingAt, idOf, nameOf} from './line-log.js';

/** @import {Line, LineListener, Message} from './transport.js' */

/** A line of a tab that shares another one's, with a place of its own in what is told there. */
export class TabLine {
  number;
  listener;
  /** The last id that it told. */
  place;
  /** Whether it follows the leader now. */
  isJoined = false;
  /** @type {Line | null} its own, where the tabs cannot share one */
  alone = null;
  #isOpen = false;
  #isClosed = false;

  /**
   * @param {number} number
   * @param {string} place
   * @param {LineListener} listener
   */
  constructor(number, place, listener) {
    this.number = number;
    this.place = place;
    this.listener = listener;
  }

  /**
   * @param {Message[]} messages  the greeting, and what came after its place
   * @param {boolean} isLeading  whether its tab leads
   */
  join([greeting, ...messages], isLeading) {
    if (this.isJoined) {
      // It wished twice, and hears all since.
      return;
    }
    this.isJoined = true;
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.listener.opened();
    }
    this.greet(greeting);
    messages.forEach(message => this.give(message, isLeading));
  }

  /** @param {Message} message  the first one of the leader's line */
  greet(message) {
    const id = idOf(message);
    const isBehind = isAfter(this.place, id);
    this.place = isBehind ? this.place : id ?? this.place;
    this.#receive(isBehind ? greetingAt(message, this.place) : message);
  }

  /**
   * @param {Message} message
   * @param {boolean} isLeading
   */
  give(message, isLeading) {
    const id = idOf(message);
    if (!isLeading && nameOf(message) === 'token_expiring') {
      // The leader has the stream prolonged.
    } else if (id === undefined || this.place === '' || id !== this.place && !isAfter(this.place, id)) {
      this.place = id ?? this.place;
      this.#receive(message);
    }
  }

  /** It hears nothing more. */
  close() {
    this.#isClosed = true;
    this.alone?.close();
  }

  /** @param {Message} message */
  #receive(message) {
    this.#isClosed || this.listener.received(message);
  }
}

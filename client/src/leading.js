import {isAfter} from './ids.js';
import {latest} from './latest.js';
import {LineLog} from './line-log.js';

/**
 * @import {Line, LineListener, Message} from './transport.js'
 *
 * @typedef {{from: string, line: number, place: string}} Wish  of a line of a tab, to be told what comes after its place
 */

/** Signs of life need not be told more often. */
const SIGNS_EACH = 2_000;

/** The line of the leader, and who follows it. */
export class Leading {
  #open;
  #tell;
  #release;
  /** @type {Line | null} */
  #line = null;
  #log = new LineLog('');
  /** @type {Wish[]} that wait for the greeting */
  #wishes = [];
  #signAt = 0;
  #begun = false;
  #next = latest();

  /**
   * @param {(place: string, listener: LineListener) => Line} open
   * @param {(kind: string, fields: object) => void} tell
   * @param {() => void} release  gives the lock back
   */
  constructor(open, tell, release) {
    this.#open = open;
    this.#tell = tell;
    this.#release = release;
  }

  /** Opens the line, at the first of the places that were said until now. */
  begin() {
    this.#begun = true;
    this.#openAt(this.#wishes.map(({place}) => place).filter(place => place !== '').reduce((first, place) =>
      first === '' || isAfter(first, place) ? place : first, ''));
  }

  /** @param {Wish} wish */
  wish(wish) {
    this.#wishes = [...this.#wishes.filter(({from, line}) => from !== wish.from || line !== wish.line), wish];
    this.#begun && this.#log.isGreeted ? this.#answer(false) : this.#tell('alive', {});
  }

  /** @param {string} text */
  say(text) {
    this.#line?.say(text);
  }

  stop() {
    this.#next();
    this.#line?.close();
    this.#line = null;
    this.#release();
  }

  /** @param {string} place */
  #openAt(place) {
    const still = this.#next();
    this.#line?.close();
    this.#log = new LineLog(place);
    this.#line = this.#open(place, {
      opened: () => { },
      heard: still(() => this.#sign()),
      received: still(message => this.#take(message)),
      ended: still(ending => this.#tell('ended', {ending})),
    });
  }

  /** @param {Message} message */
  #take(message) {
    const isGreeting = !this.#log.isGreeted && message.comment === undefined;
    if (isGreeting || this.#log.isGreeted) {
      this.#log.add(message);
      this.#signAt = Date.now();
      this.#tell('message', {message, isGreeting});
    }
    isGreeting && this.#answer(true);
  }

  /**
   * Those whose place is not known here any more have the line go back to it; who is further is told nothing twice.
   *
   * @param {boolean} isNew  whether the line was greeted just now
   */
  #answer(isNew) {
    const wishes = this.#wishes;
    this.#wishes = [];
    for (const wish of wishes) {
      const messages = this.#log.since(wish.place, isNew);
      if (messages === null) {
        this.#wishes = [wish, ...wishes.slice(wishes.indexOf(wish) + 1)];
        this.#openAt(wish.place);
        return;
      }
      this.#tell('here', {to: wish.from, line: wish.line, messages});
    }
  }

  #sign() {
    const now = Date.now();
    if (now - this.#signAt >= SIGNS_EACH) {
      this.#signAt = now;
      this.#tell('heard', {});
    }
  }
}

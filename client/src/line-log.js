import {isAfter} from './ids.js';
import {parseObject} from './json.js';

/** @typedef {import('./transport.js').Message} Message */

const MAX_MESSAGES = 1_000;
const MAX_CHARACTERS = 1_048_576;
/** The event that holds all of a stream's state: who comes later needs it, and all after it (docs/protocol.md, friends). */
const STATE = 'initial';
/** What counts for the moment only. */
const PASSING = ['token_expiring', 'closing', 'lagged', 'heartbeat'];

/**
 * @param {Message} message
 * @returns {string | undefined} the id to go on from after it
 */
export function idOf({id, text}) {
  return id ?? (text.startsWith('{') ? parseObject(text)?.id ?? undefined : undefined);
}

/**
 * @param {Message} message
 * @returns {string | undefined} what it is
 */
export function nameOf({event, text}) {
  const frame = event === undefined ? parseObject(text) : null;
  return event ?? frame?.type ?? frame?.event;
}

/**
 * What a line's first message says, to somebody at another place.
 *
 * @param {Message} message
 * @param {string} place  the id to go on from
 * @param {boolean} [recovered]  undefined: as the server said
 * @returns {Message}
 */
export function greetingAt(message, place, recovered) {
  const frame = parseObject(message.text);
  if (frame === null || place === '') {
    return message;
  }
  const fields = frame.event === undefined ? frame : frame.data;
  if (recovered !== undefined && 'recovered' in fields) {
    Object.assign(fields, {recovered, gaps: []});
  }
  if (frame.id !== undefined) {
    frame.id = place;
  }
  return {...message, id: message.id && place, text: JSON.stringify(frame)};
}

/** What came on a line lately, for those who join it later. */
export class LineLog {
  /** Who is at this place, or behind it, can go on from here. */
  #begin;
  /** @type {Message | undefined} */
  #greeting;
  /** @type {Message[]} */
  #messages = [];
  #characters = 0;
  #hasState = false;
  /** @type {Message | undefined} that the server's store is away */
  #degraded;
  /** The last id. */
  last;

  /** @param {string} begin  where the line begins; empty: now */
  constructor(begin) {
    this.#begin = begin;
    this.last = begin;
  }

  get isGreeted() {
    return this.#greeting !== undefined;
  }

  /** @param {Message} message  the first one is the greeting */
  add(message) {
    const id = idOf(message);
    if (this.#greeting === undefined) {
      this.#greeting = message;
      this.#begin ||= id ?? '';
      this.last ||= id ?? '';
      return;
    }
    const name = nameOf(message);
    if (message.comment !== undefined || PASSING.includes(name ?? '')) {
      return;
    }
    if (name === 'degraded' || name === 'recovered') {
      this.#degraded = name === 'degraded' ? message : undefined;
      return;
    }
    if (name === STATE) {
      this.#hasState = true;
      this.#messages = [];
      this.#characters = 0;
    }
    this.last = id ?? this.last;
    this.#messages.push(message);
    this.#characters += message.text.length;
    while (this.#messages.length > MAX_MESSAGES || this.#characters > MAX_CHARACTERS) {
      const [oldest] = this.#messages.splice(0, 1);
      this.#characters -= oldest.text.length;
      this.#begin = idOf(oldest) ?? this.#begin;
    }
  }

  /**
   * @param {string} place  of who joins; empty: begins now
   * @param {boolean} [isNew]  whether the server has just greeted this place, or one before it, and said how that went
   * @returns {Message[] | null} the greeting, and what came after the place; null: that is not known here
   */
  since(place, isNew = false) {
    const missed = place === '' ? this.#fresh() : this.#after(place);
    if (missed === null || this.#greeting === undefined) {
      return null;
    }
    return [greetingAt(this.#greeting, place || this.last, place === '' ? false : isNew ? undefined : true), ...this.#degraded ? [this.#degraded] : [], ...missed];
  }

  /** @returns {Message[] | null} */
  #fresh() {
    const [first] = this.#messages;
    return !this.#hasState ? [] : first !== undefined && nameOf(first) === STATE ? this.#messages : null;
  }

  /**
   * @param {string} place
   * @returns {Message[] | null}
   */
  #after(place) {
    if (place !== this.#begin && !isAfter(place, this.#begin)) {
      return null;
    }
    let at = this.#messages.length;
    for (let id; at > 0; at--) {
      id = idOf(this.#messages[at - 1]);
      if (id !== undefined && !isAfter(id, place)) {
        break;
      }
    }
    return this.#messages.slice(at);
  }
}

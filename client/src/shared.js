import {subjectOf} from './subject.js';

/** A part of a page that is gone may come back in the next moment, as in React's StrictMode, or from one screen to the next. */
const RELEASE_AFTER = 1_000;

/**
 * @typedef {object} SharedRequest  who asks for the same gets the same
 * @property {string | URL} [url]
 * @property {any} [reader]  who or what reads
 * @property {string | null} [token]
 * @property {import('./transport.js').Transport} [transport]
 * @property {import('./network.js').Network} [network]
 *
 * @typedef {{connection: import('./connection.js').Connection, last?: any}} Shareable  `last`: from where one for a newer token of the same
 *     user goes on
 */

/**
 * Connections that several parts of a page use together: each is made for the first of its users, and closed a second after the last one.
 *
 * @template {SharedRequest} Request
 * @template {Shareable} Thing
 */
export class Shared {
  /** @type {Map<Thing, {request: Request, users: number, timer?: ReturnType<typeof setTimeout>}>} */
  #inUse = new Map();
  #make;

  /** @param {(request: Request, last: any) => Thing} make  `last`: of one with another token of the same user, undefined if there is none */
  constructor(make) {
    this.#make = make;
  }

  /**
   * @param {Request} request
   * @returns {Thing | undefined} the one that is in use
   */
  find(request) {
    return this.#alike(request).find(thing => this.#inUse.get(thing)?.request.token === request.token);
  }

  /**
   * Each call needs one of `release`.
   *
   * @param {Request} request
   * @returns {Thing}
   */
  acquire(request) {
    const user = subjectOf(request.token ?? '');
    const [before] = this.#alike(request).filter(thing => user !== null && user === subjectOf(this.#inUse.get(thing)?.request.token ?? '')).reverse();
    const thing = this.find(request) ?? this.#make(request, before?.last);
    const use = this.#inUse.get(thing) ?? {request, users: 0};
    clearTimeout(use.timer);
    use.users++;
    this.#inUse.set(thing, use);
    return thing;
  }

  /** @param {Thing} thing */
  release(thing) {
    const use = this.#inUse.get(thing);
    if (use !== undefined && --use.users === 0) {
      use.timer = setTimeout(() => {
        this.#inUse.delete(thing);
        thing.connection.close();
      }, RELEASE_AFTER);
    }
  }

  /** @param {Request} request */
  #alike({url, reader, transport}) {
    return [...this.#inUse].filter(([, {request}]) => String(request.url) === String(url) && request.reader === reader && request.transport === transport)
      .map(([thing]) => thing);
  }
}

/** @param {import('./connection.js').Connection} connection  is opened if nobody did so before; tries again if it has given up */
export function openShared(connection) {
  const {name} = connection.state;
  if (name === 'idle' || name === 'closed') {
    connection.open();
  }
}

import {PresenceManager} from './presence.js';

/**
 * @typedef {object} PresenceRequest
 * @property {string | URL} url
 * @property {string} token
 * @property {import('./transport.js').Transport} [transport]
 * @property {import('./network.js').Network} [network]
 */

/** Milliseconds without a user before the connection is closed: one screen may go before the next one comes. */
const KEPT = 1_000;

/** @type {Set<SharedPresence>} */
const inUse = new Set();

/** The presence that all parts of a page with the same token use together. */
export class SharedPresence {
  #request;
  #manager;
  #users = 0;
  #disconnected = false;
  /** Whether listeners are told at the end of this turn. */
  #telling = false;
  /** Whether there was an `initial`. */
  isKnown = false;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {PresenceRequest} request */
  constructor(request) {
    const {url, token, transport, network} = request;
    this.#request = request;
    this.#manager = new PresenceManager(token, {url, transport, network});
    this.#manager.onPresenceChange(event => {
      this.isKnown ||= event === 'initial';
      this.#tellSoon();
    });
    this.#manager.connection.on('state', () => this.#tellSoon());
  }

  /**
   * @param {PresenceRequest} request
   * @returns {SharedPresence | undefined} the one that is in use
   */
  static find(request) {
    return [...inUse].find(each => each.#answers(request));
  }

  /**
   * Each call needs one of `release`.
   *
   * @param {PresenceRequest} request
   * @returns {SharedPresence}
   */
  static acquire(request) {
    const shared = SharedPresence.find(request) ?? new SharedPresence(request);
    inUse.add(shared);
    shared.#disconnected &&= shared.#users > 0;
    shared.#users++;
    return shared;
  }

  /** @returns {import('./friend-states.js').PresenceState} */
  get states() {
    return this.#manager.getAllStatuses();
  }

  /** @returns {boolean} */
  get isConnected() {
    return this.#manager.isConnected;
  }

  /**
   * @param {() => void} listener  is called once for all that was read at a time
   * @returns {() => void} takes it away again
   */
  listen(listener) {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  /** Opens it, if nobody did so before; tries again if it has given up. */
  open() {
    const {name} = this.#manager.connection.state;
    if (!this.#disconnected && (name === 'idle' || name === 'closed')) {
      this.#manager.connect();
    }
  }

  /** Closes it for all of its users. */
  disconnect() {
    this.#disconnected = true;
    this.#manager.disconnect();
  }

  /** Closes it after its last user, unless another one comes soon. */
  release() {
    this.#users--;
    setTimeout(() => {
      if (this.#users === 0 && inUse.delete(this)) {
        this.#manager.disconnect();
      }
    }, KEPT);
  }

  #tellSoon() {
    if (!this.#telling) {
      this.#telling = true;
      queueMicrotask(() => {
        this.#telling = false;
        this.#listeners.forEach(listener => listener());
      });
    }
  }

  /**
   * @param {PresenceRequest} request
   * @returns {boolean}
   */
  #answers({url, token, transport}) {
    return String(this.#request.url) === String(url) && this.#request.token === token && this.#request.transport === transport;
  }
}

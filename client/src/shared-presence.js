import {PresenceManager} from './presence.js';
import {openShared, Shared} from './shared.js';

/** Before anything is known. @type {import('./friend-states.js').PresenceState} */
export const NONE = Object.freeze({});

/** The presence that all parts of a page with the same token use together. */
class CommonPresence {
  #manager;
  #disconnected = false;
  /** Whether listeners are told at the end of this turn. */
  #telling = false;
  /** Whether there was an `initial`. */
  #isKnown = false;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /**
   * @param {import('./shared.js').SharedRequest} request
   * @param {import('./friend-states.js').PresenceState} [states]  what was known before, which stays until the server has said it anew
   */
  constructor({url, token, transport, network}, states = NONE) {
    this.states = states;
    this.#manager = new PresenceManager(String(token), {url, transport, network});
    this.#manager.onPresenceChange(event => {
      this.#isKnown ||= event === 'initial';
      this.#tellSoon();
    });
    this.connection.on('state', () => this.#tellSoon());
  }

  get connection() {
    return this.#manager.connection;
  }

  /** What one for another token of the same user begins with. */
  get last() {
    return this.states;
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

  open() {
    // After the last listener has gone, who comes begins anew.
    this.#disconnected &&= this.#listeners.size > 0;
    this.#disconnected || openShared(this.connection);
  }

  /** Closes it for all of its users. */
  disconnect() {
    this.#disconnected = true;
    this.#manager.disconnect();
  }

  #tellSoon() {
    if (!this.#telling) {
      this.#telling = true;
      queueMicrotask(() => {
        this.#telling = false;
        this.states = this.#isKnown ? this.#manager.presenceState : this.states;
        this.#listeners.forEach(listener => listener());
      });
    }
  }
}

export const presences = /* @__PURE__ */ new Shared((request, last) => new CommonPresence(request, last));

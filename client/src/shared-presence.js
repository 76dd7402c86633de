import {PresenceManager} from './presence.js';
import {openShared, Shared} from './shared.js';

/** The presence that all parts of a page with the same token use together. */
export class CommonPresence {
  #manager;
  #disconnected = false;
  /** Whether listeners are told at the end of this turn. */
  #telling = false;
  /** Whether there was an `initial`. */
  isKnown = false;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {import('./shared.js').SharedRequest} request */
  constructor({url, token, transport, network}) {
    this.#manager = new PresenceManager(String(token), {url, transport, network});
    this.#manager.onPresenceChange(event => {
      this.isKnown ||= event === 'initial';
      this.#tellSoon();
    });
    this.connection.on('state', () => this.#tellSoon());
  }

  get connection() {
    return this.#manager.connection;
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
    // After the last listener has gone, who comes begins anew.
    this.#disconnected &&= this.#listeners.size > 0;
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  open() {
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
        this.#listeners.forEach(listener => listener());
      });
    }
  }
}

export const presences = /* @__PURE__ */ new Shared(request => new CommonPresence(request));

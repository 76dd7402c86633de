import {Emitter} from './emitter.js';
import {backoff} from './policy.js';

/** @typedef {import('./protocol.js').Happening} Happening */

/**
 * A copy of the server's state that misses nothing: events are heard first, then the state is fetched, then what was heard meanwhile is
 * applied to it. Such an event may be older than the fetched state, so `apply` must leave alone what is already newer.
 *
 * @template Value
 * @extends {Emitter<{change: Replica<Value>}>}
 */
export class Replica extends Emitter {
  /** Whether there is a value, is one on its way for the first time, or could the last one not be fetched. @type {'loading' | 'ready' | 'failed'} */
  status = 'loading';
  /** The last known state; stays while a newer one is fetched. @type {Value | undefined} */
  value;
  /** Why it could not be fetched. @type {any} */
  error;
  #load;
  #apply;
  #policy;
  /** Whether the state was fetched, or is being, after events could be heard. */
  #covered = false;
  #failures = 0;
  #loads = 0;
  /** @type {Happening[] | null} heard while the state is fetched */
  #heard = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {(() => void)[]} */
  #stops;

  /**
   * @param {import('./connection.js').Connection} connection
   * @param {{load: () => Promise<Value>, apply: (value: Value, event: Happening) => Value, policy?:
   *     import('./policy.js').Policy}} options
   *     `load` fetches the state; `apply` gives the state after an event, or the same object if it says nothing new
   */
  constructor(connection, {load, apply, policy = backoff()}) {
    super();
    this.#load = load;
    this.#apply = apply;
    this.#policy = policy;
    this.#stops = [
      connection.on('event', event => this.hear(event)),
      connection.on('reset', () => this.refresh()),
      connection.on('state', state => this.#follow(state.name)),
    ];
    this.#follow(connection.state.name);
  }

  /** Fetches the state (again). */
  refresh() {
    clearTimeout(this.#timer);
    this.#fetch(++this.#loads);
  }

  /** Lets go of the connection. */
  stop() {
    clearTimeout(this.#timer);
    this.#loads++;
    this.#stops.forEach(stop => stop());
  }

  /**
   * Takes in an event: one of the connection's, or what the page itself knows to be true, such as the answer to what it did.
   *
   * @param {Happening} event
   */
  hear(event) {
    this.#heard?.push(event);
    if (this.value !== undefined) {
      this.#become(this.#apply(this.value, event));
    }
  }

  /** @param {import('./state.js').StateName} name */
  #follow(name) {
    const listening = name === 'open' || name === 'degraded';
    if (listening && !this.#covered) {
      this.#covered = true;
      this.refresh();
    } else if (this.#loads === 0 && (name === 'waiting' || name === 'offline' || name === 'closed')) {
      // Better an old state than none.
      this.refresh();
    }
  }

  /** @param {number} mine */
  async #fetch(mine) {
    this.#heard = [];
    try {
      const loaded = await this.#load();
      if (mine === this.#loads) {
        const value = this.#heard.reduce(this.#apply, loaded);
        this.#heard = null;
        this.#failures = 0;
        this.status = 'ready';
        this.error = undefined;
        this.#become(value);
      }
    } catch (error) {
      if (mine === this.#loads) {
        this.#fail(error);
      }
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    this.status = 'failed';
    this.error = error;
    const delay = this.#policy.delay(++this.#failures, 0);
    if (delay !== null) {
      this.#timer = setTimeout(() => this.refresh(), delay);
    }
    this.emit('change', this);
  }

  /** @param {Value} value */
  #become(value) {
    if (value !== this.value) {
      this.value = value;
      this.emit('change', this);
    }
  }
}

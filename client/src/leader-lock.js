/**
 * @typedef {object} LockListener
 * @property {(release: () => void, isAlone: boolean) => void} held  `isAlone`: nobody waits for it
 * @property {() => void} lost  another tab has taken it
 * @property {(error: unknown) => void} impossible  the browser has no locks here
 */

/** The browser's lock of a name, which one tab holds at a time: that one leads. */
export class LeaderLock {
  #name;
  #locks;
  #listener;
  #waiting = new AbortController();

  /**
   * @param {string} name
   * @param {LockManager} locks
   * @param {LockListener} listener
   */
  constructor(name, locks, listener) {
    this.#name = name;
    this.#locks = locks;
    this.#listener = listener;
  }

  /** Waits for it, behind those that wait. */
  queue() {
    this.#waiting = new AbortController();
    this.#hold({signal: this.#waiting.signal});
  }

  /** Takes it from whoever holds it. */
  steal() {
    this.leave();
    this.#hold({steal: true});
  }

  /** Waits for it no more. */
  leave() {
    this.#waiting.abort();
  }

  /** @param {LockOptions} options */
  #hold(options) {
    const hold = {isLost: false};
    this.#locks.request(this.#name, options, async () => {
      const {pending = []} = await this.#locks.query();
      const isAlone = !pending.some(({name}) => name === this.#name);
      return new Promise(release => hold.isLost ? release(undefined) : this.#listener.held(() => release(undefined), isAlone));
    }).catch(error => {
      hold.isLost = true;
      if (!options.signal?.aborted) {
        error.name === 'AbortError' ? this.#listener.lost() : this.#listener.impossible(error);
      }
    });
  }
}

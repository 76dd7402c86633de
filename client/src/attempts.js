/** Counts the failures in a row, and knows what the policy makes of them. */
export class Attempts {
  /** Failures in a row. */
  count = 0;
  #policy;
  #openedAt = Infinity;
  #isEarly = false;
  /** Failures that only make the waits longer. */
  #uncounted = 0;
  #last = 0;

  /** @param {import('./policy.js').Policy} policy */
  constructor(policy) {
    this.#policy = policy;
  }

  /** Forgets all failures. */
  reset() {
    this.#succeeded();
    this.#isEarly = false;
  }

  /** The next attempt comes before its time, and does not count: who looks at a page five times while a server restarts need not reload it. */
  early() {
    this.#isEarly = true;
    this.#uncounted = 0;
  }

  /** The line is open. A server that takes it and ends it at once has not succeeded yet. */
  opened() {
    this.#openedAt = Date.now();
    this.#isEarly = false;
    if (this.#policy.settled === 0) {
      this.#succeeded();
    }
  }

  /** The line is gone. */
  ended() {
    if (Date.now() - this.#openedAt >= this.#policy.settled) {
      this.#succeeded();
    }
    this.#openedAt = Infinity;
  }

  #succeeded() {
    this.count = 0;
    this.#uncounted = 0;
  }

  /**
   * @param {number} least  milliseconds that the server asked to wait
   * @param {'counts' | 'grows' | 'stays'} kind  whether it uses up an attempt, only makes the next wait longer, or neither
   * @returns {number | null} milliseconds until the next attempt; null: there is none
   */
  failed(least, kind) {
    const counts = kind === 'counts' && !this.#isEarly;
    this.count += counts ? 1 : 0;
    this.#uncounted += kind === 'grows' && !this.#isEarly ? 1 : 0;
    this.#isEarly = false;
    const delay = this.#policy.delay(Math.max(this.count + (counts ? 0 : this.#uncounted), 1), least);
    this.#last = delay ?? this.#last;
    return counts || this.#last === 0 ? delay : Math.max(this.#last, least);
  }
}

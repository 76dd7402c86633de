/** Counts the failures in a row, and knows what the policy makes of them. */
export class Attempts {
  /** Failures in a row. */
  count = 0;
  #policy;
  #openedAt = Infinity;
  #isEarly = false;

  /** @param {import('./policy.js').Policy} policy */
  constructor(policy) {
    this.#policy = policy;
  }

  /** Forgets all failures. */
  reset() {
    this.count = 0;
    this.#isEarly = false;
  }

  /** The next attempt comes before its time, and does not count: who looks at a page five times while a server restarts need not reload it. */
  early() {
    this.#isEarly = true;
  }

  /** The line is open. A server that takes it and ends it at once has not succeeded yet. */
  opened() {
    this.#openedAt = Date.now();
    this.#isEarly = false;
    if (this.#policy.settled === 0) {
      this.count = 0;
    }
  }

  /** The line is gone. */
  ended() {
    if (Date.now() - this.#openedAt >= this.#policy.settled) {
      this.count = 0;
    }
    this.#openedAt = Infinity;
  }

  /**
   * @param {number} least  milliseconds that the server asked to wait
   * @param {boolean} counts  whether this failure counts
   * @returns {number | null} milliseconds until the next attempt; null: there is none
   */
  failed(least, counts) {
    this.count += counts && !this.#isEarly ? 1 : 0;
    this.#isEarly = false;
    return this.#policy.delay(Math.max(this.count, 1), least);
  }
}

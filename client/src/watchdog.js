/**
 * Notices lines that are open on this side only: nothing comes, and nobody says so. After one and a half heartbeats of silence it
 * asks (where one can ask),
 * after one more it gives up. The time counts from the question, because browsers slow down the timers of pages that nobody sees.
 */
export class Watchdog {
  #ask;
  #giveUp;
  #heartbeat = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {() => void} ask  asks the server for a sign of life
   * @param {() => void} giveUp
   */
  constructor(ask, giveUp) {
    this.#ask = ask;
    this.#giveUp = giveUp;
  }

  /** @param {number} heartbeat  milliseconds within which something should come */
  watch(heartbeat) {
    this.#heartbeat = heartbeat;
    this.heard();
  }

  /** Something came. */
  heard() {
    if (this.#heartbeat > 0) {
      this.#in(1.5 * this.#heartbeat, () => this.doubt(this.#heartbeat));
    }
  }

  /**
   * Asks now, and gives up if nothing comes.
   *
   * @param {number} patience  milliseconds
   */
  doubt(patience) {
    this.#in(patience, this.#giveUp);
    this.#ask();
  }

  /**
   * The first sign of life has a time of its own.
   *
   * @param {number} patience  milliseconds
   */
  expect(patience) {
    this.#heartbeat = 0;
    this.#in(patience, this.#giveUp);
  }

  stop() {
    this.#heartbeat = 0;
    clearTimeout(this.#timer);
  }

  /**
   * @param {number} delay
   * @param {() => void} then
   */
  #in(delay, then) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, delay);
  }
}

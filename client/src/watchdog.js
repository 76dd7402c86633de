const ANSWER_WITHIN = 4_000;
const FRESH = 5_000;
/** What came while nobody read is read by then. */
const BUFFERED_WITHIN = 2_000;
/** A heartbeat is as late as the way is long. */
const ON_THE_WAY = 1_000;

/**
 * Notices lines that are open on this side only: nothing comes, and nobody says so. After one and a half heartbeats of silence it
 * asks (where one can ask),
 * after one more it gives up. The time counts from the question, because browsers slow down the timers of pages that nobody sees.
 */
export class Watchdog {
  #ask;
  #giveUp;
  #heartbeat = 0;
  #heardAt = 0;
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
    this.#heardAt = Date.now();
    if (this.#heartbeat > 0) {
      this.#in(1.5 * this.#heartbeat, () => this.doubt(this.#heartbeat));
    }
  }

  /**
   * Asks now, and gives up if nothing comes.
   *
   * @param {number} patience  milliseconds
   * @param {() => void} [giveUp]
   */
  doubt(patience, giveUp = this.#giveUp) {
    this.#in(patience, giveUp);
    this.#ask();
  }

  /**
   * The computer may have slept, and the line may have died meanwhile. Where one cannot ask, the next heartbeat is waited for, but no longer than
   * for an answer; a line that was heard just before is not doubted then.
   *
   * @param {boolean} asks  whether one can ask
   * @param {() => void} [giveUp]
   */
  wake(asks, giveUp) {
    const silence = Date.now() - this.#heardAt;
    if (asks) {
      this.doubt(ANSWER_WITHIN, giveUp);
    } else if (silence > FRESH) {
      this.doubt(Math.min(ANSWER_WITHIN, Math.max(BUFFERED_WITHIN, this.#heartbeat + ON_THE_WAY - silence)), giveUp);
    }
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

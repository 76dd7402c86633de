import {Emitter} from '/sdk/emitter.js';

/**
 * What the server does not tell by itself, so it is asked again and again while the page can be seen. The last answer stays while the server is away.
 *
 * @template Value
 * @extends {Emitter<{change: Polled<Value>}>}
 */
export class Polled extends Emitter {
  /** @type {'loading' | 'ready' | 'failed'} how the last question went */
  status = 'loading';
  /** @type {Value | undefined} */
  value;
  #load;
  #pause;
  #asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {() => Promise<Value>} load
   * @param {number} pause  between two questions, milliseconds
   */
  constructor(load, pause) {
    super();
    this.#load = load;
    this.#pause = pause;
    document.addEventListener('visibilitychange', () => document.hidden ? clearTimeout(this.#timer) : this.refresh());
    this.refresh();
  }

  /** Asks now. An answer that comes after this, to an earlier question, does not count. */
  async refresh() {
    clearTimeout(this.#timer);
    const question = ++this.#asked;
    try {
      const value = await this.#load();
      this.#become(question, {value, status: 'ready'});
    } catch (error) {
      console.warn('The server was asked in vain:', error);
      this.#become(question, {status: 'failed'});
    }
  }

  /**
   * @param {number} question
   * @param {Partial<Pick<Polled<Value>, 'value' | 'status'>>} now
   */
  #become(question, now) {
    if (question === this.#asked) {
      Object.assign(this, now);
      this.emit('change', this);
      clearTimeout(this.#timer);
      if (!document.hidden) {
        this.#timer = setTimeout(() => this.refresh(), this.#pause);
      }
    }
  }
}

import {Emitter} from './emitter.js';
import {network as browserNetwork} from './network.js';
import {backoff} from './policy.js';
import {ask, newKey} from './request.js';

/**
 * @typedef {object} Sent  something that is being sent
 * @property {string} key  the Idempotency-Key: however often it is sent, it is done once
 * @property {string} method
 * @property {string} path
 * @property {object} [body]
 * @property {'pending' | 'failed'} state  failed: the server refused it, `retry` sends it again
 * @property {any} [problem]  why it failed, or why it is not there yet
 *
 * @typedef {import('./request.js').Asker & {policy?: import('./policy.js').Policy, network?: import('./network.js').Network, most?: number}} SendOptions
 *     `most`: how many may wait, 100
 */

const MOST = 100;

/**
 * What a page sends, one after the other, each until the server has answered: what gets no answer, or a refusal that passes, is sent again with the same
 * `Idempotency-Key`, so it is done once. It is kept in memory only.
 *
 * @extends {Emitter<{change: Sent[], done: {sent: Sent, answer: any}}>}
 */
export class SendQueue extends Emitter {
  /** What is not done, oldest first. @type {Sent[]} */
  entries = [];
  #options;
  #policy;
  #most;
  #attempts = 0;
  #isSending = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #unlisten;

  /** @param {SendOptions} [options] */
  constructor({policy = backoff(), network = browserNetwork, most = MOST, ...options} = {}) {
    super();
    this.#options = options;
    this.#policy = policy;
    this.#most = most;
    const now = () => this.#next();
    this.#unlisten = network.listen({online: now, visible: now, offline: () => { }, away: () => { }});
  }

  /**
   * @param {string} method
   * @param {string} path  such as `/api/chat/messages`
   * @param {object} [body]
   * @param {string} [key]
   * @returns {string} its key
   * @throws {Error} if too many wait already
   */
  send(method, path, body, key = newKey()) {
    if (this.entries.length >= this.#most) {
      throw new Error(`${this.#most} requests wait already. Try again when the connection is back.`);
    }
    this.#become([...this.entries, {key, method, path, body, state: 'pending'}]);
    this.#next();
    return key;
  }

  /** @param {string} key  of one that failed */
  retry(key) {
    this.#change(key, {state: 'pending', problem: undefined});
    this.#next();
  }

  /** @param {string} key  of one that is not to be sent again. It may have been done */
  drop(key) {
    this.#become(this.entries.filter(each => each.key !== key));
  }

  /** Sends nothing more. */
  close() {
    clearTimeout(this.#timer);
    this.#unlisten();
    this.#become([]);
  }

  async #next() {
    clearTimeout(this.#timer);
    const sent = this.entries.find(({state}) => state === 'pending');
    if (sent === undefined || this.#isSending) {
      return;
    }
    this.#isSending = true;
    const {method, path, body, key} = sent;
    try {
      const response = await ask(method, path, {...this.#options, body, key});
      const answer = await response.json().catch(() => null);
      this.#attempts = 0;
      this.drop(key);
      this.emit('done', {sent, answer});
    } catch (error) {
      this.#failed(key, /** @type {any} */ (error));
    }
    this.#isSending = false;
    this.#attempts === 0 && this.#next();
  }

  /**
   * @param {string} key
   * @param {Error & Partial<import('./problem.js').Problem>} problem
   */
  #failed(key, problem) {
    const {status, retryable, retryAfter} = problem;
    const passes = status === undefined || (retryable ?? (status === 408 || status === 429 || status >= 500));
    const delay = passes ? this.#policy.delay(++this.#attempts, retryAfter ?? 0) : null;
    if (delay === null) {
      this.#attempts = 0;
      this.#change(key, {state: 'failed', problem});
    } else {
      this.#change(key, {problem});
      this.#timer = setTimeout(() => this.#next(), delay);
    }
  }

  /** @param {string} key @param {Partial<Sent>} now */
  #change(key, now) {
    this.#become(this.entries.map(each => each.key === key ? {...each, ...now} : each));
  }

  /** @param {Sent[]} entries */
  #become(entries) {
    this.entries = entries;
    this.emit('change', entries);
  }
}

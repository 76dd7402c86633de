import {problemOf} from './problem.js';

/**
 * @param {unknown} error  why a stream was not prolonged
 * @returns {import('./protocol.js').Refusal}
 */
export const unprolonged = error => ({kind: 'problem', problem: {type: 'about:blank', title: 'Not prolonged', status: 0, detail: String(error)}});

/** The access tokens of a connection: what counts now, and when a fresh one is asked for. */
export class Renewal {
  /** Whether the last token was refused, so that a fresh one is needed. */
  isDue = false;
  #source;

  /** @param {import('./state.js').TokenSource | undefined} source  undefined: without one */
  constructor(source) {
    this.#source = source;
  }

  /** @returns {Promise<string | null>} null: without one (a cookie may do) */
  async token() {
    return await this.#source?.({renew: this.isDue}) ?? null;
  }

  /**
   * A fresh token is asked for once: if that one is refused too, no other will do.
   *
   * @returns {boolean} whether there is another attempt
   */
  refused() {
    const renews = !this.isDue && this.#source !== undefined;
    this.isDue = true;
    return renews;
  }

  /**
   * Lets a stream go on until the end of a fresh token.
   *
   * @param {URL} address  any of the server's
   * @param {string} connectionId  as the stream's greeting named it
   * @returns {Promise<void>} rejected with a sentence if it could not be
   */
  async prolong(address, connectionId) {
    const fresh = await this.#source?.({renew: true});
    if (!fresh) {
      return;
    }
    const response = await fetch(new URL(`/api/auth/streams/${encodeURIComponent(connectionId)}`, address), {
      method: 'POST', headers: {Authorization: `Bearer ${fresh}`}, signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) {
      throw new Error((await problemOf(response)).detail);
    }
  }
}

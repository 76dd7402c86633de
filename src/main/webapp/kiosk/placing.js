import {ask, newKey, refusedBy} from '/pages/api.js';
import {patience} from '/pages/patience.js';

/** @typedef {{key: string, body: object}} Placing  an order of which nobody knows yet whether the server took it */

const KEY = 'pado.placing';

/** @returns {Placing | null} one that a reload of the page interrupted */
export function unanswered() {
  const text = sessionStorage.getItem(KEY);
  return text === null ? null : JSON.parse(text);
}

/**
 * @param {object} body  of the order
 * @returns {Placing} is sent with the same key until it is answered, so that it is one order whatever happens
 */
export function begin(body) {
  const placing = {key: newKey(), body};
  sessionStorage.setItem(KEY, JSON.stringify(placing));
  return placing;
}

/**
 * @param {Placing} placing
 * @param {() => void} unsure  is told each time that no answer came
 * @returns {Promise<any>} the order; rejected with a {@link import('/pages/api.js').Refused} if the server does not take it
 */
export async function place({key, body}, unsure) {
  for (let attempt = 1; ; attempt++) {
    try {
      const order = await ask('POST', '/api/orders', {body, key});
      sessionStorage.removeItem(KEY);
      return order;
    } catch (error) {
      const refused = refusedBy(error);
      if (!refused.unsure) {
        sessionStorage.removeItem(KEY);
        throw refused;
      }
      unsure();
      await new Promise(resolve => setTimeout(resolve, /** @type {number} */ (patience.delay(attempt, refused.problem.retryAfter ?? 0))));
    }
  }
}

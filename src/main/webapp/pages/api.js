import {problemOf} from '/sdk/index.js';
import {known, t} from './language.js';
import {token} from './session.js';

const WITHIN = 10_000;
const STATUS = /** @type {Record<number, string>} */ ({0: 'network', 401: 'unauthorized', 403: 'forbidden', 429: 'too-many', 500: 'unavailable',
  502: 'unavailable', 503: 'unavailable', 504: 'unavailable'});

/** A request that was not done, or of which nobody knows whether it was. */
export class Refused extends Error {
  /** @param {import('/sdk/problem.js').Problem} problem  status 0: no answer came */
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }

  /** The problem's name, such as `sold-out`. */
  get code() {
    return this.problem.type.split(':').at(-1) ?? '';
  }

  /** Whether the server may have done it all the same, or may do it later: the same request, with the same key, is to be sent again. */
  get unsure() {
    const {status} = this.problem;
    return status === 0 || status === 408 || status === 429 || status >= 500;
  }

  /** @returns {string} a sentence for the user */
  get sentence() {
    const {status, errors = [], detail} = this.problem;
    const key = [`problem.${this.code}`, `problem.${STATUS[status]}`].find(known);
    return key !== undefined ? t(key) : errors.length > 0 ? errors.map(error => `${error.field}: ${error.detail}`).join(' ') : detail;
  }
}

/**
 * @param {unknown} error  anything that was thrown
 * @returns {Refused}
 */
export function refusedBy(error) {
  if (error instanceof Refused) {
    return error;
  }
  const problem = /** @type {any} */ (error);
  return new Refused(typeof problem?.status === 'number' ? problem
    : {type: 'about:blank', title: 'No answer', status: 0, detail: String(problem?.message ?? error)});
}

/**
 * Asks the server, as whoever is logged in.
 *
 * @param {string} method
 * @param {string} path
 * @param {{body?: object, key?: string}} [more]  key: the request is done once, however often it is sent
 * @returns {Promise<any>} the answer's JSON; rejected with a {@link Refused}
 */
export async function ask(method, path, more = {}) {
  try {
    const given = await token();
    let response = await send(method, path, more, given);
    if (response.status === 401 && given !== null) {
      response = await send(method, path, more, await token({renew: true}));
    }
    if (!response.ok) {
      throw await problemOf(response);
    }
    return response.status === 204 ? null : await response.json();
  } catch (error) {
    throw refusedBy(error);
  }
}

/** @param {string} path */
export const get = path => ask('GET', path);

/**
 * A key that no other request has. (`crypto.randomUUID` is missing where a page came over plain HTTP.)
 *
 * @returns {string}
 */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{body?: object, key?: string}} more
 * @param {string | null} bearer
 */
function send(method, path, {body, key}, bearer) {
  return fetch(path, {
    method, body: body && JSON.stringify(body), credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(WITHIN),
    headers: {
      ...body && {'Content-Type': 'application/json'},
      ...bearer !== null && {Authorization: `Bearer ${bearer}`},
      ...key !== undefined && {'Idempotency-Key': key},
    },
  });
}

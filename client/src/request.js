import {sourceOf} from './credentials.js';
import {problemOf} from './problem.js';

/**
 * @typedef {object} Asker
 * @property {string | import('./state.js').TokenSource | null} [token]
 * @property {string | URL} [server]  another than the page's own
 * @property {typeof fetch} [fetch]  another than the browser's own
 *
 * @typedef {Asker & {key?: string, body?: object, accept?: string, signal?: AbortSignal}} Request  `key`: an Idempotency-Key, with which the same request
 *     may be sent again
 */

/**
 * Asks the server once; with a fresh token once more if the first one does not count.
 *
 * @param {string} method
 * @param {string} path
 * @param {Request} [request]
 * @returns {Promise<Response>} rejected with an Error with the fields of a problem if it is a refusal
 */
export async function ask(method, path, request = {}) {
  const source = sourceOf(request.token);
  const token = await source?.({renew: false}) ?? null;
  let response = await send(method, path, request, token);
  if (response.status === 401 && typeof request.token === 'function') {
    const fresh = await source?.({renew: true}) ?? null;
    response = fresh === null || fresh === token ? response : await send(method, path, request, fresh);
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    throw Object.assign(new Error(problem.detail), problem);
  }
  return response;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Request} request
 * @param {string | null} token
 */
function send(method, path, {server = '', fetch = globalThis.fetch, body, key, accept = 'application/json', signal}, token) {
  /** @type {Record<string, string>} */
  const headers = {
    Accept: accept,
    ...body && {'Content-Type': 'application/json'},
    ...key && {'Idempotency-Key': key},
    ...token !== null && {Authorization: `Bearer ${token}`},
  };
  return fetch(pathOn(server, path), {method, headers, body: body && JSON.stringify(body), credentials: 'include', cache: 'no-store', signal});
}

/**
 * @param {string | URL} server  empty: the page's own
 * @param {string} path
 */
export function pathOn(server, path) {
  return String(server).replace(/\/$/, '') + path;
}

/**
 * A key that no other request has. (`crypto.randomUUID` is missing where a page came over plain HTTP.)
 *
 * @returns {string}
 */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

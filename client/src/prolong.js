import {problemOf} from './problem.js';

/**
 * Lets a stream go on until the end of a fresh token.
 *
 * @param {URL} address  any of the server's
 * @param {string} connectionId  as the stream's greeting named it
 * @param {import('./state.js').TokenSource | undefined} token
 * @returns {Promise<void>} rejected with a sentence if it could not be
 */
export async function prolong(address, connectionId, token) {
  const fresh = await token?.({renew: true});
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

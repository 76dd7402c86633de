import {parseObject} from './json.js';

/**
 * Whom a token is for. Nothing is decided by it but whether two tokens are of the same user; only the server can know that a token counts.
 *
 * @param {string} token
 * @returns {string | null} null if it does not say so
 */
export function subjectOf(token) {
  const [, payload = ''] = token.split('.');
  try {
    const {iss, sub} = parseObject(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))) ?? {};
    return sub === undefined ? null : JSON.stringify([iss, sub]);
  } catch {
    // Not base64, so no JWT.
    return null;
  }
}

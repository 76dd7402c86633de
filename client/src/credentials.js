/**
 * @param {string | import('./state.js').TokenSource | null | undefined} token  an access token, or who knows it
 * @returns {import('./state.js').TokenSource | undefined} undefined: go without one (a cookie may do)
 */
export function sourceOf(token) {
  return typeof token === 'function' ? token : token ? () => token : undefined;
}

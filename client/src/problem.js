/**
 * A refusal (RFC 9457) as the server sends it.
 *
 * @typedef {object} Problem
 * @property {string} type  `urn:pado:problem:…`, or `about:blank`
 * @property {string} title
 * @property {number} status  of HTTP
 * @property {string} detail  what to do
 * @property {boolean} [retryable]
 * @property {{field: string, detail: string}[]} [errors]  each wrong field
 * @property {string} [media]  type of the answer's body
 * @property {number} [retryAfter]  milliseconds to wait, if the server said so
 */

/**
 * Reads a refusal; an answer of something else (a proxy, say) becomes one that names the status.
 *
 * @param {Response} response  whose body has not been read
 * @returns {Promise<Problem>}
 */
export async function problemOf(response) {
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  const retryAfter = Number.isFinite(seconds) ? seconds * 1_000 : undefined;
  const media = response.headers.get('Content-Type')?.replace(/;.*/s, '');
  const problem = {type: 'about:blank', title: response.statusText, status: response.status, detail: `HTTP ${response.status}`, retryAfter, media};
  if (!/\bjson\b/.test(media ?? '')) {
    await response.body?.cancel();
    return problem;
  }
  try {
    return {...problem, ...await response.json(), status: response.status};
  } catch {
    // The body broke off; the status alone still says what to do.
    return problem;
  }
}

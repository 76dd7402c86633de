/**
 * A transport opens lines to the server. It knows bytes and refusals; what is said on the line is its protocol's business.
 *
 * @typedef {object} Transport
 * @property {(request: LineRequest, listener: LineListener) => Line} open
 *
 * @typedef {object} LineRequest
 * @property {URL} url  http or https, with its query
 * @property {string | null} token  an access token; null without one (a cookie may do)
 *
 * @typedef {object} Line  one way to the server, from its opening to its end
 * @property {(text: string) => void} say  to the server; on a line that only listens, nothing
 * @property {() => void} close  ends it; the listener hears nothing more
 *
 * @typedef {object} LineListener
 * @property {() => void} opened
 * @property {(message: Message) => void} received
 * @property {() => void} heard  a sign of life that is no message
 * @property {(ending: import('./ending.js').Ending) => void} ended  once; nothing comes after it
 *
 * @typedef {object} Message
 * @property {string} text
 * @property {string} [id]  where the transport has ids of its own
 * @property {string} [event]  the name of an event of an event stream, if it has one
 * @property {number} [retry]  milliseconds to wait before coming back
 * @property {string} [comment]  of an event stream; the text is empty then
 */

/**
 * @param {string | URL} address  absolute, or relative to the page
 * @param {Record<string, string | string[] | undefined>} [query]  added to it
 * @returns {URL} http or https
 */
export function addressOf(address, query = {}) {
  const url = new URL(address, globalThis.location?.href);
  url.protocol = url.protocol.replace(/^ws/, 'http');
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values ?? []].flat()) {
      url.searchParams.append(name, value);
    }
  }
  return url;
}

/**
 * One token that is not asked for again: when it was refused, or has ended, that is final. Another one is another connection.
 *
 * @param {string} token
 * @param {Transport} transport
 * @returns {Transport}
 */
export function withToken(token, transport) {
  return {open: ({url}, listener) => transport.open({url, token}, listener)};
}

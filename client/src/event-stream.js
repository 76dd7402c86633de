import {byAnswer, LOST} from './ending.js';
import {problemOf} from './problem.js';
import {SseParser} from './sse-parser.js';

/** @typedef {import('./transport.js').LineListener} LineListener */

/**
 * Lines over Server-Sent Events, read by `fetch`: unlike `EventSource` it can send a token in a header, tells why a stream was
 * refused, and
 * lets heartbeats be heard.
 *
 * @param {{fetch?: typeof fetch}} [given]  another than the browser's own
 * @returns {import('./transport.js').Transport}
 */
export function eventStream(given = {}) {
  const fetching = given.fetch ?? globalThis.fetch;
  return {
    open({url, token}, listener) {
      const abort = new AbortController();
      // Who accepts nothing but streams is told refusals inside of one, for a browser's own EventSource would not come back otherwise.
      const headers = {Accept: 'text/event-stream, application/problem+json', ...token === null ? {} : {Authorization: `Bearer ${token}`}};
      fetching(url, {headers, credentials: 'include', cache: 'no-store', signal: abort.signal})
        .then(response => follow(url, response, abort.signal, listener))
        .catch(error => ({...LOST, detail: String(error)}))
        .then(ending => { abort.signal.aborted || listener.ended(ending); });
      return {say: () => { }, close: () => abort.abort()};
    },
  };
}

/**
 * @param {URL} url
 * @param {Response} response
 * @param {AbortSignal} signal
 * @param {LineListener} listener
 * @returns {Promise<import('./ending.js').Ending>} how it ended
 */
async function follow(url, response, signal, listener) {
  if (!response.ok || response.body === null || !response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
    return byAnswer(url, response.ok, await problemOf(response), 'https://host/api/stream');
  }
  listener.opened();
  const parser = new SseParser();
  // The parser looks for the byte order mark, of which there is one at most.
  const decoder = new TextDecoder('utf-8', {ignoreBOM: true});
  const reader = response.body.getReader();
  for (;;) {
    const {value, done} = await reader.read();
    if (done || signal.aborted) {
      return LOST;
    }
    listener.heard();
    for (const message of parser.read(decoder.decode(value, {stream: true}))) {
      // A listener may have closed the line.
      if (!signal.aborted) {
        listener.received(message);
      }
    }
  }
}

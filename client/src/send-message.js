import {ask} from './request.js';
import {parseObject} from './json.js';
import {SseParser} from './sse-parser.js';

/**
 * The events of `POST /api/chat/rooms/{roomId}/send` (docs/protocol.md), by their `type`.
 *
 * @typedef {Record<string, ((event: any) => void) | undefined>} SseHandlers  `user_message`, `text_chunk`, `ai_response`, `exp_updated`, `complete`, `error`,
 *     `timeout`, …; `other` gets those that have none
 *
 * @typedef {object} SseResult  how the stream went
 * @property {boolean} isDone  whether it was read to `[DONE]`; if not, the answer is still made, and `GET /api/chat/runs/{runId}/stream` has the rest of it
 * @property {string} [lastEventId]  to go on from
 * @property {unknown} [error]  why not
 */

/**
 * Says something in a room, of whatever kind it is.
 *
 * @param {string} roomId
 * @param {string} message
 * @param {string | undefined} userName
 * @param {string | import('./state.js').TokenSource | null} token
 * @param {{whenBusy?: 'enqueue' | 'reject' | 'interrupt'} & import('./request.js').Request} [more]  `key`: the same key again is the same send
 * @returns {Promise<Response>} the answer, as an event stream for {@link handleSSEStream}; rejected with an Error with the fields of a problem
 */
export function sendMessage(roomId, message, userName, token, {whenBusy, ...more} = {}) {
  return ask('POST', `/api/chat/rooms/${encodeURIComponent(roomId)}/send`, {
    ...more, token, body: {message, userName, whenBusy}, accept: 'text/event-stream, application/problem+json',
  });
}

/**
 * Reads a stream to its `[DONE]`, wherever the network cut it.
 *
 * @param {Response} response
 * @param {SseHandlers | ((event: any) => void)} [handlers]
 * @returns {Promise<SseResult>} never rejected
 */
export async function handleSSEStream(response, handlers = {}) {
  /** @type {SseResult} */
  const result = {isDone: false};
  const reader = response.body?.getReader();
  try {
    const decoder = new TextDecoder('utf-8', {ignoreBOM: true});
    const parser = new SseParser();
    for (let ended = reader === undefined; !ended && !result.isDone;) {
      const {value, done} = await /** @type {NonNullable<typeof reader>} */ (reader).read();
      ended = done;
      // The last event may lack its blank line.
      parser.read(done ? decoder.decode() + '\n\n' : decoder.decode(value, {stream: true})).forEach(message => take(message, handlers, result));
    }
    // Nothing follows; the server may take a moment to say so.
    await reader?.cancel();
  } catch (error) {
    result.error = error;
  }
  return result;
}

/**
 * @param {import('./transport.js').Message} message
 * @param {SseHandlers | ((event: any) => void)} handlers
 * @param {SseResult} result
 */
function take({text, id}, handlers, result) {
  result.lastEventId = id ?? result.lastEventId;
  result.isDone ||= text === '[DONE]';
  const event = parseObject(text);
  if (event !== null && !result.isDone) {
    const handler = typeof handlers === 'function' ? handlers : handlers[event.type] ?? handlers.other;
    try {
      handler?.(event);
    } catch (error) {
      // It harms no other event, and goes where uncaught errors go.
      queueMicrotask(() => { throw error; });
    }
  }
}

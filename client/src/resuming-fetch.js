import {parseObject} from './json.js';
import {SseParser} from './sse-parser.js';

/** What is on its way within the page is taken by then. */
const DRAINED_AFTER = 50;
const ENDS = new Set(['finish', 'abort', 'error']);

/**
 * @typedef {object} Heard  what a page has of the answer in a chat
 * @property {string} [last]  the id of the last event whose text is here
 * @property {string} [messageId]
 * @property {number} length  of the text
 * @property {boolean} isLost  whether the stream broke off
 */

/**
 * A `fetch` for the transport of `useChat` (Vercel AI SDK): when the network was lost, the stream goes on after what the page has. Without it some versions
 * append the whole answer to what they have. It belongs to one chat component, as the transport does: a page that is loaded again knows nothing, and gets
 * the whole answer.
 *
 *     const [transport] = useState(() => new DefaultChatTransport({api: '/api/ai/ui/chat', fetch: resumingFetch()}));
 *
 * @param {{fetch?: typeof fetch}} [given]  another than the browser's own
 * @returns {typeof fetch}
 */
export function resumingFetch(given = {}) {
  /** @type {Map<string, Heard>} by chat */
  const chats = new Map();
  return async (input, init) => {
    const fetching = given.fetch ?? globalThis.fetch;
    const isQuestion = init?.method === 'POST';
    const chat = isQuestion ? parseObject(String(init?.body))?.id : decodeURIComponent(String(input).match(/([^/]+)\/stream(?:\?.*)?$/)?.[1] ?? '');
    const before = isQuestion ? undefined : chats.get(chat);
    const resumed = before?.isLost && before.last !== undefined ? before : undefined;
    const headers = new Headers(init?.headers);
    resumed?.last !== undefined && headers.set('Last-Event-ID', resumed.last);
    const response = await fetching(input, {...init, headers});
    if (!chat || response.body === null || !response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
      return response;
    }
    const heard = {length: 0, isLost: false, ...resumed, ...resumed && {isLost: false}};
    chats.set(chat, heard);
    return new Response(followed(response.body, heard, resumed !== undefined), {status: response.status, headers: response.headers});
  };
}

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {Heard} heard  is kept up to date
 * @param {boolean} isTail  whether only what follows was asked for
 * @returns {ReadableStream<Uint8Array>}
 */
function followed(body, heard, isTail) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new SseParser();
  const chunks = new Chunks(heard, isTail);
  return new ReadableStream({
    async pull(controller) {
      try {
        for (;;) {
          const {value, done} = await reader.read();
          const text = parser.read(done ? '\n\n' : decoder.decode(value, {stream: true})).map(message => chunks.take(message)).join('');
          text !== '' && controller.enqueue(new TextEncoder().encode(text));
          if (done) {
            heard.isLost = !chunks.isEnded;
            controller.close();
          }
          if (done || text !== '') {
            return;
          }
        }
      } catch (error) {
        // An error overtakes what the page has not read yet.
        await new Promise(resolve => setTimeout(resolve, DRAINED_AFTER));
        heard.isLost = !chunks.isEnded;
        controller.error(error);
      }
    },
    cancel: reason => reader.cancel(reason),
  }, {highWaterMark: 0});
}

/** The chunks of one stream, as the page gets them. */
class Chunks {
  isEnded = false;
  #heard;
  #isTail;
  #isFirst = true;
  /** Characters that the page has already, and that come again. */
  #again = 0;
  /** @type {string | undefined} */
  #id;

  /**
   * @param {Heard} heard
   * @param {boolean} isTail
   */
  constructor(heard, isTail) {
    this.#heard = heard;
    this.#isTail = isTail;
  }

  /**
   * @param {import('./transport.js').Message} message
   * @returns {string} what the page gets; empty for nothing
   */
  take({text, id, comment}) {
    if (comment !== undefined) {
      return '';
    }
    this.#id = id ?? this.#id;
    const chunk = parseObject(text);
    const begin = chunk !== null && this.#isFirst ? this.#begin(chunk) : '';
    this.isEnded ||= chunk === null || ENDS.has(chunk.type);
    if (chunk?.type === 'start') {
      this.#heard.messageId = chunk.messageId;
    } else if (chunk?.type === 'text-delta') {
      return begin + this.#delta(chunk);
    }
    return `${begin}data: ${text}\n\n`;
  }

  /** @param {Record<string, any>} first  chunk of the stream */
  #begin({type, messageId}) {
    this.#isFirst = false;
    const {length} = this.#heard;
    if (type === 'start' || !this.#isTail) {
      // The whole answer comes (the server has forgotten the place), or the first one.
      this.#again = this.#isTail && messageId === this.#heard.messageId ? length : 0;
      this.#heard.length = this.#again;
      return '';
    }
    // Versions 5 and 6 know no text that was not begun in the same stream. A `start` would make version 7 forget what it has.
    return 'data: {"type":"text-start","id":"text"}\n\n';
  }

  /** @param {Record<string, any>} chunk */
  #delta(chunk) {
    const skipped = Math.min(this.#again, chunk.delta.length);
    this.#again -= skipped;
    this.#heard.length += chunk.delta.length - skipped;
    this.#heard.last = this.#id;
    const delta = chunk.delta.slice(skipped);
    return delta === '' ? '' : `data: ${JSON.stringify({...chunk, delta})}\n\n`;
  }
}

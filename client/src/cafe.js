import {CafeProtocol} from './cafe-protocol.js';
import {Connection} from './connection.js';
import {Emitter} from './emitter.js';
import {policies} from './policy.js';

export {CafeProtocol} from './cafe-protocol.js';
export {applyOrderEvent} from './orders.js';

/**
 * @typedef {import('./cafe-events.js').CafeEvents} CafeEvents
 * @typedef {{[Name in keyof CafeEvents]: {event: Name, data: CafeEvents[Name], id?: string}}[keyof CafeEvents]} CafeMessage
 */

/** What a page tells when no more attempts are made; `ko` is the café document's own sentence. */
export const RELOAD_MESSAGE = {
  ko: '서버 연결이 끊어졌습니다. 페이지를 새로고침해주세요.',
  en: 'The connection to the server is lost. Please reload the page.',
};

/** The café's events by name, over one connection. @extends {Emitter<CafeEvents>} */
export class OrderSocket extends Emitter {
  /** Its states, notices and resets. */
  connection;

  /** @param {Connection} connection */
  constructor(connection) {
    super();
    this.connection = connection;
    connection.on('event', ({event, data}) => this.emit(/** @type {keyof CafeEvents} */ (event), data));
  }

  /** Closes it for good. */
  close() {
    this.connection.close();
  }
}

/**
 * Opens the café's WebSocket as its document has it: after a loss it is opened anew every 5 s, at most 5 times; a success sets
 * the counter
 * back to zero, and after the last failure the page is told to ask for a reload. What was missed in between is replayed, in order, once.
 *
 * @param {object} [options]
 * @param {string | URL} [options.url]  `/ws` of this page's server without it
 * @param {import('./state.js').TokenSource} [options.token]
 * @param {() => void} [options.onOpen]  each time that it is open
 * @param {(message: CafeMessage) => void} [options.onMessage]  each event
 * @param {() => void} [options.onReset]  events are missing: fetch orders, menus, cells and settings again
 * @param {(ending: import('./ending.js').Ending) => void} [options.onClose]  each time that it is lost
 * @param {(text: string) => void} [options.showError]  after the last attempt, with the sentence for the user
 * @param {string} [options.language]  of that sentence, `ko` or `en`
 * @param {import('./policy.js').Policy} [options.policy]  another one than the document's
 * @param {import('./transport.js').Transport} [options.transport]
 * @param {import('./network.js').Network} [options.network]
 * @returns {OrderSocket}
 */
export function createOrderSocket(options = {}) {
  const {url, transport, token, network, policy = policies.cafe} = options;
  const connection = new Connection(new CafeProtocol({url, transport}), {token, policy, network});
  const socket = new OrderSocket(connection);
  connection.on('event', ({event, data, id}) => options.onMessage?.(/** @type {CafeMessage} */ ({event, data, id})));
  connection.on('reset', () => options.onReset?.());
  connection.on('state', state => tell(state, options));
  connection.open();
  return socket;
}

/**
 * @param {import('./state.js').State} state
 * @param {NonNullable<Parameters<typeof createOrderSocket>[0]>} options
 */
function tell({name, ending}, {onOpen, onClose, showError, language}) {
  if (name === 'open') {
    onOpen?.();
  } else if (ending !== undefined && name !== 'connecting') {
    onClose?.(ending);
    if (ending.reason === 'exhausted') {
      showError?.(reloadMessage(language));
    }
  }
}

/** @param {string} [language]  `ko` or `en` */
export function reloadMessage(language) {
  return language === 'en' ? RELOAD_MESSAGE.en : RELOAD_MESSAGE.ko;
}

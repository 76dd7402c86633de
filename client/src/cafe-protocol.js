import {parseObject} from './json.js';
import {notices} from './protocol.js';
import {addressOf} from './transport.js';
import {webSocket} from './websocket.js';

/** @typedef {import('./protocol.js').Protocol} Protocol */

/**
 * The café's `/ws`. The place to go on from stands in the address, so that nothing comes before what was missed.
 *
 * @implements {Protocol}
 */
export class CafeProtocol {
  greets = true;
  heartbeat = 12_000;
  question = '{"action":"ping"}';
  transport;
  #url;
  #last = '';

  /** @param {{url?: string | URL, transport?: import('./transport.js').Transport}} [options] */
  constructor({url = '/ws', transport = webSocket()} = {}) {
    this.#url = url;
    this.transport = transport;
  }

  address() {
    return addressOf(this.#url, {last_event_id: this.#last});
  }

  /** @returns {import('./protocol.js').Signal[]} */
  opened() {
    return [];
  }

  ended() { }

  /**
   * @param {import('./transport.js').Message} message
   * @returns {import('./protocol.js').Signal[]}
   */
  read({text}) {
    const frame = parseObject(text);
    if (frame === null || typeof frame.event !== 'string') {
      return [];
    }
    const {event, data = {}, id} = frame;
    this.#last = id ?? this.#last;
    if (event === 'joined') {
      const {heartbeat, connectionId, userId, roles, recovered, gaps} = data;
      return [{kind: 'greeting', heartbeat: heartbeat && heartbeat * 1_000, connectionId, userId, roles},
        {kind: 'joined', topics: [], recovered, gaps}];
    }
    if (event === 'error') {
      return [{kind: 'problem', problem: data}];
    }
    return event.includes(':') ? [{kind: 'event', id, event, data}] : notices(event, data);
  }
}

import {eventStream} from './event-stream.js';
import {isAfter} from './ids.js';
import {parseObject} from './json.js';
import {notices} from './protocol.js';
import {addressOf} from './transport.js';

/** @typedef {import('./protocol.js').Protocol} Protocol */

/**
 * Server-Sent Events: the generic `/api/stream?topic=…`, or the channels of `/sse/…`. One id resumes all topics.
 *
 * @implements {Protocol}
 */
export class Stream {
  greets = true;
  heartbeat = 12_000;
  question = '';
  transport;
  #url;
  #query;
  /** @type {string | undefined} */
  #last;

  /**
   * @param {string | URL} url
   * @param {Record<string, string | string[] | undefined>} query
   * @param {import('./transport.js').Transport} [transport]
   */
  constructor(url, query, transport = eventStream()) {
    this.#url = url;
    this.#query = query;
    this.transport = transport;
  }

  /**
   * Any topics.
   *
   * @param {{url?: string | URL, topics: string[], transport?: import('./transport.js').Transport}} options
   */
  static ofTopics({url = '/api/stream', topics, transport}) {
    return new Stream(url, {topic: topics}, transport);
  }

  /**
   * The named channels of system 3; their events have the channel as their topic.
   *
   * @param {{url?: string | URL, clientId: string, channels?: string[], transport?: import('./transport.js').Transport}} options
   */
  static ofChannels({url = '/sse/events', clientId, channels, transport}) {
    return new Stream(url, {client_id: clientId, channels: channels?.join(',')}, transport);
  }

  address() {
    return addressOf(this.#url, {...this.#query, last_event_id: this.#last});
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
  read({text, id, retry, comment}) {
    const lastSent = comment?.match(/^hb (\S+)$/)?.[1];
    if (isAfter(lastSent, this.#last)) {
      return [{kind: 'missed', id: /** @type {string} */ (lastSent)}];
    }
    const frame = parseObject(text);
    this.#last = id ?? this.#last;
    if (frame === null) {
      return [];
    }
    if (frame.type === 'joined' || frame.type === 'connection_ack') {
      const {connectionId, userId, roles, recovered, gaps, refused = []} = frame;
      return [{kind: 'greeting', retry, connectionId, userId, roles},
        {kind: 'joined', topics: frame.topics ?? frame.channels, recovered, gaps},
        ...refused.map((/** @type {{topic: string, problem: any}} */ {topic, problem}) => ({kind: 'problem', topic, problem}))];
    }
    if (id === undefined) {
      return notices(frame.type, frame);
    }
    const {topic, event, key, time, data} = frame;
    return [{kind: 'event', id, topic: topic ?? frame.channel, event: event ?? frame.type, key, time, data}];
  }
}

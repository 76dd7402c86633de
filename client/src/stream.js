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
   * @param {string} [last]  the id to go on from; without it the stream begins now
   */
  constructor(url, query, transport = eventStream(), last = undefined) {
    this.#url = url;
    this.#query = query;
    this.transport = transport;
    this.#last = last;
  }

  /**
   * Any topics.
   *
   * @param {{url?: string | URL, topics: string[], last?: string, transport?: import('./transport.js').Transport}} options  `last`: the id to go on from,
   *     also of a {@link Live}
   */
  static ofTopics({url = '/api/stream', topics, last, transport}) {
    return new Stream(url, {topic: topics}, transport, last);
  }

  /**
   * The named channels of system 3; their events have the channel as their topic.
   *
   * @param {{url?: string | URL, clientId: string, channels?: string[], transport?: import('./transport.js').Transport}} options
   */
  static ofChannels({url = '/sse/events', clientId, channels, transport}) {
    return new Stream(url, {client_id: clientId, channels: channels?.join(',')}, transport);
  }

  /** @returns {string | undefined} the id to go on from */
  get last() {
    return this.#last;
  }

  set last(id) {
    this.#last = id;
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
  read(message) {
    const {text, id, comment} = message;
    const lastSent = comment?.match(/^hb (\S+)$/)?.[1];
    if (isAfter(lastSent, this.#last)) {
      return [{kind: 'missed', id: /** @type {string} */ (lastSent)}];
    }
    const data = parseObject(text);
    this.#last = id ?? this.#last;
    return data === null ? [] : this.meaning(data, message);
  }

  /**
   * @protected
   * @param {Record<string, any>} data  of the message
   * @param {import('./transport.js').Message} message
   * @returns {import('./protocol.js').Signal[]}
   */
  meaning(data, {id, retry}) {
    if (data.type === 'joined' || data.type === 'connection_ack') {
      const {connectionId, userId, roles, recovered, gaps, refused = []} = data;
      return [{kind: 'greeting', retry, connectionId, userId, roles},
        {kind: 'joined', topics: data.topics ?? data.channels, recovered, gaps},
        ...refused.map((/** @type {{topic: string, problem: any}} */ {topic, problem}) => ({kind: 'problem', topic, problem}))];
    }
    if (id === undefined) {
      return notices(data.type, data);
    }
    const {topic, event, key, time} = data;
    return [{kind: 'event', id, topic: topic ?? data.channel, event: event ?? data.type, key, time, data: data.data, frame: data}];
  }
}

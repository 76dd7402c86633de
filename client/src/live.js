import {isAfter} from './ids.js';
import {parseObject} from './json.js';
import {notices} from './protocol.js';
import {addressOf} from './transport.js';
import {webSocket} from './websocket.js';

/** @typedef {import('./protocol.js').Protocol} Protocol */

/**
 * Any topics over the WebSocket `/live`; they may come and go while it is open. Each topic resumes at its own place.
 *
 * @implements {Protocol}
 */
export class Live {
  greets = true;
  heartbeat = 12_000;
  question = '{"type":"ping"}';
  transport;
  #url;
  /** @type {Map<string, string>} topic → id of its last event; empty before it has joined */
  #positions;
  /** @type {string | undefined} the last one of all topics on this line, of those too that were left since */
  #newest;
  /** @type {((text: string) => void) | null} */
  #say = null;

  /**
   * @param {{url?: string | URL, topics?: string[], transport?: import('./transport.js').Transport}} [options]
   */
  constructor({url = '/live', topics = [], transport = webSocket()} = {}) {
    this.#url = url;
    this.transport = transport;
    this.#positions = new Map(topics.map(topic => [topic, '']));
  }

  /** @param {...string} topics */
  subscribe(...topics) {
    const added = topics.filter(topic => !this.#positions.has(topic));
    added.forEach(topic => this.#positions.set(topic, ''));
    this.#command('subscribe', {topics: added}, added.length);
  }

  /** @param {...string} topics */
  unsubscribe(...topics) {
    const removed = topics.filter(topic => this.#positions.delete(topic));
    this.#command('unsubscribe', {topics: removed}, removed.length);
  }

  address() {
    return addressOf(this.#url);
  }

  /**
   * @param {(text: string) => void} say
   * @returns {import('./protocol.js').Signal[]}
   */
  opened(say) {
    this.#say = say;
    this.#newest = undefined;
    const joined = [...this.#positions].filter(([, id]) => id !== '');
    const fresh = [...this.#positions].filter(([, id]) => id === '').map(([topic]) => topic);
    this.#command('resume', {positions: Object.fromEntries(joined)}, joined.length);
    this.#command('subscribe', {topics: fresh}, fresh.length);
    return [];
  }

  ended() {
    this.#say = null;
  }

  /**
   * @param {import('./transport.js').Message} message
   * @returns {import('./protocol.js').Signal[]}
   */
  read({text}) {
    const frame = parseObject(text);
    switch (frame?.type) {
      case 'welcome': {
        const {heartbeat, connectionId, userId, roles} = frame;
        return [{kind: 'greeting', heartbeat: heartbeat * 1_000, connectionId, userId, roles}];
      }
      case 'joined':
        frame.topics.forEach((/** @type {string} */ topic) => this.#at(topic, frame.id));
        return [{kind: 'joined', topics: frame.topics, recovered: frame.recovered, gaps: frame.gaps}];
      case 'event': {
        const {id, topic, event, key, time, data} = frame;
        this.#at(topic, id);
        return [{kind: 'event', id, topic, event, key, time, data}];
      }
      case 'heartbeat':
        return isAfter(frame.id, this.#newest) ? [{kind: 'missed', id: frame.id}] : [];
      case 'error':
        return [{kind: 'problem', problem: frame.problem, ref: frame.ref}];
      default:
        return frame === null ? [] : notices(frame.type, frame);
    }
  }

  /**
   * @param {string} topic
   * @param {string} id
   */
  #at(topic, id) {
    this.#newest = isAfter(this.#newest, id) ? this.#newest : id;
    // What was unsubscribed may still be on its way.
    if (this.#positions.has(topic)) {
      this.#positions.set(topic, id);
    }
  }

  /**
   * @param {string} type
   * @param {object} fields
   * @param {number} count  of topics; nothing is said about none
   */
  #command(type, fields, count) {
    if (count > 0) {
      this.#say?.(JSON.stringify({type, ...fields}));
    }
  }
}

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
  /** @type {Map<string, import('./problem.js').Problem>} topics that the server refused on this line; they are asked for again on the next one */
  #refused = new Map();
  /** @type {Set<string>} topics asked for when the line opened, that were not answered yet; empty once one of them has joined */
  #opening = new Set();

  /**
   * @param {{url?: string | URL, topics?: string[], last?: string, transport?: import('./transport.js').Transport}} [options]  `last`: the id to go on
   *     from, also of a stream over SSE; without it they begin now
   */
  constructor({url = '/live', topics = [], last = '', transport = webSocket()} = {}) {
    this.#url = url;
    this.transport = transport;
    this.#positions = new Map(topics.map(topic => [topic, last]));
  }

  /** @param {...string} topics */
  subscribe(...topics) {
    const added = topics.filter(topic => !this.#positions.has(topic) || this.#refused.delete(topic));
    added.filter(topic => !this.#positions.has(topic)).forEach(topic => this.#positions.set(topic, ''));
    this.#ask(added);
  }

  /** @param {...string} topics */
  unsubscribe(...topics) {
    const removed = topics.filter(topic => this.#positions.delete(topic));
    removed.forEach(topic => this.#refused.delete(topic));
    this.#command('unsubscribe', {topics: removed}, removed.length);
  }

  /** @returns {Map<string, import('./problem.js').Problem>} the topics that may not be heard now, and why */
  get refused() {
    return new Map(this.#refused);
  }

  /** @returns {string | undefined} the id to go on from with all topics, also over SSE: the first of their places */
  get last() {
    const [first, ...others] = [...this.#positions.values()].filter(id => id !== '');
    return others.reduce((before, id) => isAfter(before, id) ? id : before, first);
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
    this.#refused.clear();
    this.#opening = new Set(this.#positions.keys());
    this.#ask([...this.#positions.keys()]);
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
        this.#opening.clear();
        frame.topics.forEach((/** @type {string} */ topic) => this.#at(topic, frame.id));
        return [{kind: 'joined', topics: frame.topics, recovered: frame.recovered, gaps: frame.gaps}];
      case 'event': {
        const {id, topic, event, key, time, data} = frame;
        this.#at(topic, id);
        return [{kind: 'event', id, topic, event, key, time, data}];
      }
      case 'heartbeat':
        return isAfter(frame.id, this.#newest) ? [{kind: 'missed', id: frame.id}] : [];
      case 'rights_lost':
        frame.topics.forEach((/** @type {string} */ topic) => this.#refuse(topic, {
          type: 'urn:pado:problem:forbidden', title: 'Forbidden', status: 403, detail: frame.detail,
        }));
        return notices(frame.type, frame);
      case 'error':
        return [{kind: 'problem', problem: frame.problem, ref: frame.ref, topic: frame.topic}, ...this.#refuse(frame.topic, frame.problem)];
      default:
        return frame === null ? [] : notices(frame.type, frame);
    }
  }

  /**
   * A line on which no topic could be joined is of no use; neither is one on which a topic could not be joined only for the moment.
   *
   * @param {string | undefined} topic
   * @param {import('./problem.js').Problem} problem
   * @returns {import('./protocol.js').Signal[]}
   */
  #refuse(topic, problem) {
    if (topic === undefined || !this.#positions.has(topic)) {
      return [];
    }
    this.#refused.set(topic, problem);
    const last = this.#opening.delete(topic) && this.#opening.size === 0;
    return last || problem.retryable ? [{kind: 'refused', problem: last ? this.#worst() : problem}] : [];
  }

  /** @returns {import('./problem.js').Problem} what a fresh token may mend, if there is such a refusal */
  #worst() {
    const all = [...this.#refused.values()];
    return /** @type {import('./problem.js').Problem} */ (all.find(({retryable}) => retryable) ?? all.find(({status}) => status === 401) ?? all[0]);
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
   * Each topic goes on where it was, if it ever joined.
   *
   * @param {string[]} topics
   */
  #ask(topics) {
    const positions = topics.map(topic => [topic, this.#positions.get(topic)]).filter(([, id]) => id !== '');
    const fresh = topics.filter(topic => this.#positions.get(topic) === '');
    this.#command('resume', {positions: Object.fromEntries(positions)}, positions.length);
    this.#command('subscribe', {topics: fresh}, fresh.length);
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

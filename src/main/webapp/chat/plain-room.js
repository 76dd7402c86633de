import {Emitter} from '/sdk/emitter.js';
import {EMPTY_ROOM} from '/sdk/chat-room.js';
import {ask, get, newKey, refusedBy} from '/pages/api.js';

/**
 * @typedef {import('/sdk/chat-room.js').ChatRoomView} ChatRoomView
 * @typedef {import('/sdk/chat-room.js').Sending} Sending
 * @typedef {{list: (before: string | null) => Promise<{items: any[], next: string | null}>, path: string}} Source  newest first; `path`: where a message is posted
 */

/** The public room. @type {Source} */
export const PUBLIC = {path: '/api/chat/messages', list: async before => {
  const items = await get(`/api/chat/messages${before === null ? '' : `?before=${before}`}`);
  return {items, next: items.length < 50 ? null : String(items.at(-1).id)};
}};

/** @param {string} id  of a room without characters @returns {Source} */
export function ofPeople(id) {
  const path = `/api/chat/rooms/${encodeURIComponent(id)}/messages`;
  return {path, list: async before => {
    const {items, next} = await get(before === null ? path : `${path}?cursor=${encodeURIComponent(before)}`);
    return {items, next: next ?? null};
  }};
}

/**
 * A room in which nobody answers by itself. To the page it is as a `ChatRoom`.
 *
 * @extends {Emitter<{change: ChatRoomView}>}
 */
export class PlainRoom extends Emitter {
  /** @type {ChatRoomView} */
  view = EMPTY_ROOM;
  #source;
  /** @type {Map<string, any>} by id */
  #messages = new Map();
  /** @type {string | null | undefined} */
  #next;
  #isClosed = false;

  /**
   * @param {string} roomId
   * @param {Source} source
   */
  constructor(roomId, source) {
    super();
    this.roomId = roomId;
    this.#source = source;
  }

  async open() {
    await this.refresh();
  }

  async refresh() {
    try {
      const {items, next} = await this.#source.list(null);
      this.#next = this.#next === undefined ? next : this.#next;
      this.#keep(items);
      this.#become({status: 'ready', problem: undefined});
    } catch (error) {
      this.#become({status: 'failed', problem: refusedBy(error).problem});
    }
  }

  async more() {
    const {items, next} = await this.#source.list(this.#next ?? null);
    this.#next = next;
    this.#keep(items);
    this.#become({});
  }

  /** @param {any} message */
  hear(message) {
    if (message.roomId === this.roomId) {
      this.#keep([message]);
      this.#become({});
    }
  }

  /** @param {string} content @returns {string} its key */
  send(content) {
    const key = newKey();
    this.#become({sendings: [...this.view.sendings, {key, content, state: 'pending'}]});
    this.retry(key);
    return key;
  }

  /** @param {string} key */
  async retry(key) {
    const content = this.view.sendings.find(each => each.key === key)?.content;
    this.#sending(key, {state: 'pending', problem: undefined});
    try {
      this.#keep([await ask('POST', this.#source.path, {body: {content}, key})]);
      this.#become({sendings: this.view.sendings.filter(each => each.key !== key)});
    } catch (error) {
      this.#sending(key, {state: 'failed', problem: refusedBy(error).problem});
    }
  }

  async stop() { }

  close() {
    this.#isClosed = true;
  }

  /**
   * @param {string} key
   * @param {Partial<Sending>} now
   */
  #sending(key, now) {
    this.#become({sendings: this.view.sendings.map(each => each.key === key ? {...each, ...now} : each)});
  }

  /** @param {any[]} messages */
  #keep(messages) {
    messages.forEach(message => this.#messages.set(String(message.id), {...message, id: String(message.id)}));
  }

  /** @param {Partial<ChatRoomView>} now */
  #become(now) {
    const messages = [...this.#messages.values()].sort((a, b) => a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1
      : a.id.localeCompare(b.id, 'en', {numeric: true}));
    this.view = {...this.view, ...now, messages, hasMore: Boolean(this.#next)};
    this.#isClosed || this.emit('change', this.view);
  }
}

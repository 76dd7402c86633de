import {Emitter} from './emitter.js';
import {runsUnderWay} from './questions.js';
import {ask, newKey} from './request.js';
import {Run} from './run.js';

/**
 * @typedef {import('./realtime-events.js').ChatMessage} ChatMessage
 *
 * @typedef {object} Sending  a message of which nobody knows yet whether the server has it
 * @property {string} key
 * @property {string} content
 * @property {'pending' | 'failed'} state  failed: `retry` sends it again, as the same
 * @property {import('./problem.js').Problem} [problem]
 *
 * @typedef {import('./run.js').RunView & {key: string}} Answer  one under way, or one that failed last
 *
 * @typedef {object} ChatRoomView  a room at one moment
 * @property {'loading' | 'ready' | 'failed'} status  of the messages
 * @property {any} [problem]  why they could not be fetched
 * @property {ChatMessage[]} messages  oldest first, each once
 * @property {boolean} hasMore  whether there are older ones
 * @property {Sending[]} sendings
 * @property {Answer[]} answers
 * @property {boolean} isAnswering
 * @property {Record<string, {exp: number, level: number, increase: number}>} intimacies  by character, as far as they changed here
 *
 * @typedef {import('./run.js').RunOptions & {userName?: string}} ChatRoomOptions
 *
 * @typedef {{run: Run, content: string, body: any, since: string | undefined}} Entry  `since`: when the message was stored
 */

/** Before anything is known. @type {ChatRoomView} */
export const EMPTY_ROOM = Object.freeze({status: 'loading', messages: [], hasMore: false, sendings: [], answers: [], isAnswering: false, intimacies: {}});

/**
 * A room with characters: its messages, what is being sent, and the answers in the making, also of a page that was loaded before. What others say is
 * told to it by {@link ChatRoom#hear}.
 *
 * @extends {Emitter<{change: ChatRoomView}>}
 */
export class ChatRoom extends Emitter {
  /** @type {ChatRoomView} */
  view = EMPTY_ROOM;
  #options;
  #path;
  /** @type {Map<string, Entry>} by key */
  #entries = new Map();
  /** @type {Map<string, ChatMessage>} by id */
  #messages = new Map();
  /** Answers that ended, until their messages are here. @type {ChatMessage[]} */
  #told = [];
  /** @type {Pick<ChatRoomView, 'status' | 'problem' | 'intimacies'> & {next?: string | null}} */
  #rest = {status: 'loading', intimacies: {}};
  #isClosed = false;

  /**
   * @param {string} roomId
   * @param {ChatRoomOptions} [options]
   */
  constructor(roomId, options = {}) {
    super();
    this.roomId = roomId;
    this.#options = options;
    this.#path = `/api/chat/rooms/${encodeURIComponent(roomId)}`;
  }

  /** As React reads it. @param {() => void} listener */
  subscribe = listener => this.on('change', listener);
  now = () => this.view;

  /** Fetches the messages, and goes on reading the answers under way. */
  async open() {
    await this.refresh();
    try {
      for (const {runId, opened} of await runsUnderWay({...this.#options, roomId: this.roomId})) {
        const isKnown = [...this.#entries.values()].some(({run}) => run.view.runId === runId);
        if (!isKnown && !this.#isClosed) {
          this.#follow(runId, {run: Run.ofRoom(runId, this.#options), content: '', body: null, since: opened});
        }
      }
    } catch (problem) {
      this.#become({status: 'failed', problem});
    }
  }

  /** Fetches the newest messages again. */
  async refresh() {
    const told = new Set(this.#told);
    try {
      const {items, next} = await (await ask('GET', `${this.#path}/messages`, this.#options)).json();
      this.#keep(items);
      this.#told = this.#told.filter(each => !told.has(each));
      this.#become({status: 'ready', problem: undefined, next: this.#rest.next === undefined ? next ?? null : this.#rest.next});
    } catch (problem) {
      this.#become({status: 'failed', problem});
    }
  }

  /** Fetches the messages before those that are here. */
  async more() {
    if (this.#rest.next) {
      const {items, next} = await (await ask('GET', `${this.#path}/messages?cursor=${encodeURIComponent(this.#rest.next)}`, this.#options)).json();
      this.#keep(items);
      this.#become({next: next ?? null});
    }
  }

  /**
   * @param {string} message
   * @param {{whenBusy?: 'enqueue' | 'reject' | 'interrupt'}} [how]
   * @returns {string} its key; empty if there is nothing to send
   */
  send(message, how = {}) {
    if (message.trim() === '') {
      return '';
    }
    const key = newKey();
    for (const [old, {run, since}] of this.#entries) {
      // That an answer failed is shown until something else is said.
      run.isUnderWay || since === undefined || this.#entries.delete(old);
    }
    this.#say(key, {message, userName: this.#options.userName, ...how});
    return key;
  }

  /**
   * Sends a message again that failed; if the server had it already, its answer is read.
   *
   * @param {string} key
   */
  retry(key) {
    const entry = this.#entries.get(key);
    if (entry !== undefined && !entry.run.isUnderWay) {
      this.#say(key, entry.body);
    }
  }

  /** Stops the answers under way. What there is of them is kept. Rejected if one could not be. */
  async stop() {
    await Promise.all([...this.#entries.values()].filter(({run}) => run.isUnderWay).map(({run}) => run.stop()));
  }

  /** @param {ChatMessage} message  that the server's stream told; of another room it is none of this */
  hear(message) {
    if (message.roomId === this.roomId) {
      this.#keep([message]);
      this.#become({});
    }
  }

  /** Reads no more. */
  close() {
    this.#isClosed = true;
    this.#entries.forEach(({run}) => run.close());
  }

  /**
   * @param {string} key
   * @param {any} body
   */
  #say(key, body) {
    this.#follow(key, {run: Run.ofSend(this.roomId, {...body, key}, this.#options), content: body.message, body, since: undefined});
  }

  /**
   * @param {string} key
   * @param {Entry} entry
   */
  #follow(key, entry) {
    this.#entries.set(key, entry);
    entry.run.on('event', event => this.#take(entry, event));
    entry.run.on('change', ({state, runId}) => {
      this.#only(key, runId);
      if (!entry.run.isUnderWay) {
        this.#ended(key, entry, state);
      }
      this.#become({});
    });
    this.#become({});
  }

  /**
   * A run may have been found under way before its own send knew its name.
   *
   * @param {string} key  of the entry that stays
   * @param {string} [runId]
   */
  #only(key, runId) {
    for (const [other, {run}] of this.#entries) {
      if (other !== key && runId !== undefined && run.view.runId === runId) {
        const found = this.#entries.get(key)?.body === null ? key : other;
        this.#entries.get(found)?.run.close();
        this.#entries.delete(found);
      }
    }
  }

  /**
   * @param {Entry} entry
   * @param {any} event
   */
  #take(entry, event) {
    if (event.type === 'user_message') {
      entry.since = event.timestamp;
      this.#keep([{id: event.messageId, roomId: this.roomId, senderId: Number(event.senderId), senderName: event.sender, senderType: 'user',
        content: event.content, createdAt: event.timestamp}]);
    } else if (event.type === 'ai_response') {
      this.#tell(event.aiName, event.content, event.timestamp);
      this.refresh();
    } else if (event.type === 'exp_updated') {
      const {personaId, newExp: exp, newLevel: level, expIncrease: increase} = event;
      this.#rest.intimacies = {...this.#rest.intimacies, [personaId]: {exp, level, increase}};
    }
  }

  /**
   * @param {string} key
   * @param {Entry} entry
   * @param {import('./run.js').RunView['state']} state
   */
  #ended(key, {run, since}, state) {
    if (state !== 'failed') {
      this.#entries.delete(key);
    }
    if (since !== undefined) {
      run.view.text !== '' && this.#tell(null, run.view.text, since);
      this.refresh();
    }
  }

  /**
   * @param {string | null} senderName
   * @param {string} content
   * @param {string} createdAt
   */
  #tell(senderName, content, createdAt) {
    this.#told = [...this.#told, {id: `told:${newKey()}`, roomId: this.roomId, senderId: null, senderName, senderType: 'ai', content, createdAt}];
  }

  /** @param {ChatMessage[]} messages */
  #keep(messages) {
    messages.forEach(message => this.#messages.set(message.id, message));
  }

  /** @param {Partial<Pick<ChatRoomView, 'status' | 'problem'> & {next: string | null}>} now */
  #become(now) {
    Object.assign(this.#rest, now);
    if (!this.#isClosed) {
      this.view = this.#viewed();
      this.emit('change', this.view);
    }
  }

  /** @returns {ChatRoomView} */
  #viewed() {
    const {status, problem, next, intimacies} = this.#rest;
    const entries = [...this.#entries].map(([key, entry]) => ({...entry, key, view: entry.run.view}));
    const stored = [...this.#messages.values()].sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
    const streaming = entries.filter(({run, view}) => run.isUnderWay && view.text !== '');
    // An answer's message may be here before its last event is.
    const messages = stored.filter(message => !streaming.some(({since, view}) => isOf(message, since, view.text)));
    const told = this.#told.filter(each => !stored.some(message => message.content === each.content && isOf(message, each.createdAt, each.content)));
    return {
      status, problem, hasMore: Boolean(next), intimacies, messages: [...messages, ...told],
      sendings: entries.filter(({since}) => since === undefined)
        .map(({key, content, view: {state, problem: refusal}}) => ({key, content, state: state === 'failed' ? 'failed' : 'pending', problem: refusal})),
      answers: entries.filter(({since}) => since !== undefined).map(({key, view}) => ({...view, key})),
      isAnswering: entries.some(({run}) => run.isUnderWay),
    };
  }
}

/**
 * @param {ChatMessage} message
 * @param {string | undefined} since
 * @param {string} text  with which it begins
 */
function isOf({senderType, createdAt, content}, since, text) {
  return senderType === 'ai' && since !== undefined && createdAt >= since && content.startsWith(text);
}

/**
 * @param {string} a
 * @param {string} b
 */
function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}

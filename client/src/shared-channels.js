import {Channels} from './channels.js';
import {subjectOf} from './subject.js';

/** A component that is gone may come back in the next moment, as in React's StrictMode, or from one screen to the next. */
const RELEASE_AFTER = 1_000;

/**
 * @typedef {Omit<import('./channels.js').ChannelsOptions, 'channels' | 'token'> & {token?: string | null}} ChannelsRequest
 * @typedef {{channels: string[]}} Member
 */

/** @type {Set<SharedChannels>} */
const inUse = new Set();

/**
 * One line for all parts of a page that are the same client, whichever channels each of them hears: a browser opens only six to one server over
 * HTTP/1.1, for all of its tabs.
 */
export class SharedChannels {
  #request;
  #channels;
  /** @type {Set<Member>} */
  #members = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {ChannelsRequest} request */
  constructor(request) {
    this.#request = request;
    this.#channels = new Channels({...request, channels: []});
  }

  /**
   * With a new token of the same user it goes on where the line with the old one was.
   *
   * @param {ChannelsRequest} request
   */
  static of(request) {
    const alike = [...inUse].filter(each => each.#asks(request));
    const user = subjectOf(request.token ?? '');
    const [before] = alike.filter(each => user !== null && user === subjectOf(each.#request.token ?? '')).reverse();
    const shared = alike.find(each => each.#request.token === request.token) ?? new SharedChannels({...request, last: before && before.#channels.last});
    inUse.add(shared);
    return shared;
  }

  get connection() {
    return this.#channels.connection;
  }

  /** @param {Member} member  with the channels that it hears, which may be others later: then this is called again */
  join(member) {
    this.#members.add(member);
    this.#soon(0);
  }

  /** @param {Member} member */
  leave(member) {
    this.#members.delete(member);
    this.#soon(RELEASE_AFTER);
  }

  /** @param {number} delay  lets all parts of a page come that come in the same moment */
  #soon(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fit(), delay);
  }

  #fit() {
    const channels = [...new Set([...this.#members].flatMap(each => each.channels))].sort();
    if (this.#members.size === 0) {
      inUse.delete(this);
      this.connection.close();
    } else if (channels.join() !== this.#channels.channels.join()) {
      this.#channels.change(channels);
    }
    const {name} = this.connection.state;
    if (this.#members.size > 0 && (name === 'idle' || name === 'closed')) {
      this.connection.open();
    }
  }

  /** @param {ChannelsRequest} request */
  #asks({url, clientId, transport}) {
    return String(this.#request.url) === String(url) && this.#request.clientId === clientId && this.#request.transport === transport;
  }
}

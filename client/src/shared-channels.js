import {Channels} from './channels.js';
import {openShared, Shared} from './shared.js';

/** @typedef {{channels: string[]}} Member  a part of a page, and what it hears */

/** The channels of all parts of a page that are the same client, on one line. */
class CommonChannels {
  #channels;
  /** @type {Set<Member>} */
  #members = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {import('./shared.js').SharedRequest} request
   * @param {string} [last]
   */
  constructor({reader, ...request}, last) {
    this.#channels = new Channels({...request, clientId: reader, channels: [], last});
  }

  get connection() {
    return this.#channels.connection;
  }

  get last() {
    return this.#channels.last;
  }

  /** @param {Member} member  whose channels may be others later: then this is called again */
  join(member) {
    this.#members.add(member);
    this.#soon(0);
  }

  /** @param {Member} member */
  leave(member) {
    this.#members.delete(member);
    this.#soon(1_000);
  }

  /** @param {number} delay  lets all parts of a page come that come in the same moment */
  #soon(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const channels = [...new Set([...this.#members].flatMap(each => each.channels))].sort();
      if (channels.length > 0) {
        channels.join() === this.#channels.channels.join() || this.#channels.change(channels);
        openShared(this.connection);
      }
    }, delay);
  }
}

export const channelsInUse = /* @__PURE__ */ new Shared((request, last) => new CommonChannels(request, last));

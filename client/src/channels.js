import {Connection} from './connection.js';
import {sourceOf} from './credentials.js';
import {eventStream} from './event-stream.js';
import {isAfter} from './ids.js';
import {Stream} from './stream.js';
import {addressOf} from './transport.js';

/** All that a server has. */
export const CHANNELS = ['votes', 'chat', 'ai'];
const PLACE_WITHIN = 5_000;

/**
 * @typedef {object} ChannelsOptions
 * @property {string} clientId
 * @property {string[]} [channels]  `votes`, `chat`, `ai`; all without it
 * @property {string | import('./state.js').TokenSource | null} [token]
 * @property {string | URL} [url]  another than `/sse/events` of this page's server
 * @property {string} [last]  the id to go on from; without it they begin now
 * @property {import('./policy.js').Policy} [policy]
 * @property {import('./transport.js').Transport} [transport]
 * @property {import('./network.js').Network} [network]
 */

/** The channels of system 3, which may change while the line is open. */
class ChannelStream extends Stream {
  #options;
  /** Where those begin that were added later. @type {Map<string, string>} */
  #begins = new Map();
  channels;

  /** @param {ChannelsOptions} options */
  constructor(options) {
    super('', {}, options.transport, options.last);
    this.#options = options;
    this.channels = options.channels ?? CHANNELS;
  }

  address() {
    return this.addressOf(this.channels, this.last);
  }

  /**
   * @param {string[]} channels
   * @param {string} [last]
   */
  addressOf(channels, last) {
    const {url = '/sse/events', clientId} = this.#options;
    return addressOf(url, {client_id: clientId, channels: channels.join(','), last_event_id: last});
  }

  /**
   * The next line has these, each from its place on: those that there were from where this one is, what was added from when that was.
   *
   * @param {string[]} channels
   * @param {string[]} added
   * @param {string | undefined} place  of those that were added
   */
  change(channels, added, place) {
    added.forEach(channel => place === undefined ? this.#begins.delete(channel) : this.#begins.set(channel, place));
    this.channels = channels;
    // What comes again is known by its id.
    this.last = isAfter(this.last, place) ? place : this.last;
  }

  /**
   * @protected
   * @param {Record<string, any>} data
   * @param {import('./transport.js').Message} message
   */
  meaning(data, message) {
    const begin = this.#begins.get(data.channel);
    const isEarlier = begin !== undefined && message.id !== undefined && data.type !== 'connection_ack' && (begin === message.id || isAfter(begin, message.id));
    return isEarlier ? [] : super.meaning(data, message);
  }
}

/** A connection to channels of system 3. Its events have the whole JSON in `frame`. */
export class Channels {
  connection;
  #stream;
  #token;
  /** Counts the changes, so that only the last one counts. */
  #change = 0;

  /** @param {ChannelsOptions} options */
  constructor(options) {
    this.#stream = new ChannelStream({...options, transport: options.transport ?? eventStream()});
    this.#token = sourceOf(options.token);
    const {policy, network} = options;
    this.connection = new Connection(this.#stream, {token: this.#token, policy, network});
  }

  /** @returns {string | undefined} the id to go on from */
  get last() {
    return this.#stream.last;
  }

  /** @returns {string[]} */
  get channels() {
    return this.#stream.channels;
  }

  /**
   * Hears other channels from now on. Of those that stay no event is lost or repeated; those that are new begin now.
   *
   * @param {string[]} channels
   */
  async change(channels) {
    const change = ++this.#change;
    const isFirst = this.connection.state.name === 'idle';
    const added = isFirst ? [] : channels.filter(channel => !this.channels.includes(channel));
    const place = added.length > 0 && this.last !== undefined ? await this.#placeOf(added) : undefined;
    if (change === this.#change) {
      this.#stream.change(channels, added, place);
      this.connection.reopen();
    }
  }

  /**
   * @param {string[]} channels
   * @returns {Promise<string | undefined>} the id of now; undefined if the server does not say so in time
   */
  async #placeOf(channels) {
    const token = await Promise.resolve(this.#token?.({renew: false})).catch(() => null) ?? null;
    return new Promise(resolve => {
      const found = (/** @type {string | undefined} */ id) => {
        clearTimeout(timer);
        line.close();
        resolve(id);
      };
      const timer = setTimeout(() => found(undefined), PLACE_WITHIN);
      const line = this.#stream.transport.open({url: this.#stream.addressOf(channels), token}, {
        opened: () => { }, heard: () => { }, ended: () => found(undefined),
        received: ({id}) => id !== undefined && found(id),
      });
    });
  }
}

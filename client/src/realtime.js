import {Connection} from './connection.js';
import {eventStream} from './event-stream.js';
import {NamedStream} from './named-stream.js';
import {doubling} from './policy.js';
import {subjectOf} from './subject.js';
import {withToken} from './transport.js';

/**
 * @typedef {object} RealtimeRequest
 * @property {string | URL} url
 * @property {string} token
 * @property {import('./transport.js').Transport} [transport]
 * @property {import('./network.js').Network} [network]
 */

/** @type {Set<SharedRealtime>} */
const inUse = new Set();

/**
 * A connection to `/api/realtime/stream` that all parts of a page with the same token use together: a browser opens only six to one server over
 * HTTP/1.1, for all of its tabs. It is opened for the first and closed after the last of them. After a loss it is opened again after 1, 2, 4, 8 and
 * 16 s, then no more; a success sets the counter back to zero.
 */
export class SharedRealtime {
  connection;
  /** What the server said first on the line that is open now. @type {import('./realtime-events.js').Connected | null} */
  connected = null;
  #request;
  #stream;
  #users = 0;

  /**
   * @param {RealtimeRequest} request
   * @param {string} [last]  the id to go on from
   */
  constructor(request, last) {
    const {url, token, transport = eventStream(), network} = request;
    this.#request = request;
    this.#stream = new NamedStream(url, {}, withToken(token, transport), last);
    this.connection = new Connection(this.#stream, {policy: doubling(), network});
    this.connection.on('event', ({event, data}) => { this.connected = event === 'connected' ? data : this.connected; });
    this.connection.on('state', ({name}) => { this.connected = name === 'open' || name === 'degraded' ? this.connected : null; });
  }

  /**
   * Each call needs one of `release`. With a new token of the same user it goes on where the stream with the old one was.
   *
   * @param {RealtimeRequest} request
   * @returns {SharedRealtime}
   */
  static acquire(request) {
    const others = [...inUse].filter(each => each.#asks(request));
    const user = subjectOf(request.token);
    const [before] = others.filter(each => user !== null && user === subjectOf(each.#request.token)).reverse();
    const shared = others.find(each => each.#request.token === request.token) ?? new SharedRealtime(request, before && before.#stream.last);
    inUse.add(shared);
    shared.#users++;
    return shared;
  }

  /** Opens it, if nobody did so before; tries again if it has given up. */
  open() {
    const {name} = this.connection.state;
    if (name === 'idle' || name === 'closed') {
      this.connection.open();
    }
  }

  /** Closes it after its last user, unless another one comes in the same moment: as in React's StrictMode, or from one screen to the next. */
  release() {
    this.#users--;
    setTimeout(() => {
      if (this.#users === 0 && inUse.delete(this)) {
        this.connection.close();
      }
    }, 0);
  }

  /**
   * @param {RealtimeRequest} request
   * @returns {boolean} whether it is for the same server
   */
  #asks({url, transport}) {
    return String(this.#request.url) === String(url) && this.#request.transport === transport;
  }
}

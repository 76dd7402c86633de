import {Connection} from './connection.js';
import {eventStream} from './event-stream.js';
import {NamedStream} from './named-stream.js';
import {policies} from './policy.js';
import {Shared} from './shared.js';
import {isConnectedIn} from './state.js';
import {withToken} from './transport.js';

/** What concerns one user, on `/api/realtime/stream`. After a loss it is opened again after 1, 2, 4, 8 and 16 s, then no more. */
class Realtime {
  connection;
  /** What the server said first on the line that is open now. @type {import('./realtime-events.js').Connected | null} */
  connected = null;
  #stream;

  /**
   * @param {import('./shared.js').SharedRequest} request
   * @param {string} [last]  the id to go on from
   */
  constructor({url = '/api/realtime/stream', token, transport = eventStream(), network}, last) {
    this.#stream = new NamedStream(url, {}, withToken(String(token), transport), last);
    this.connection = new Connection(this.#stream, {policy: policies.realtime, network});
    this.connection.on('event', ({event, data}) => { this.connected = event === 'connected' ? data : this.connected; });
    this.connection.on('state', state => { this.connected = isConnectedIn(state) ? this.connected : null; });
  }

  get last() {
    return this.#stream.last;
  }
}

/** One for all parts of a page with the same token; with a new one of the same user it goes on where the old one was. */
export const realtimes = /* @__PURE__ */ new Shared((request, last) => new Realtime(request, last));

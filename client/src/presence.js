import {Connection} from './connection.js';
import {Emitter} from './emitter.js';
import {eventStream} from './event-stream.js';
import {FriendStates} from './friend-states.js';
import {NamedStream} from './named-stream.js';
import {errorOf, errorOfProblem, teller} from './realtime-error.js';
import {withToken} from './transport.js';

/**
 * @typedef {import('./friend-states.js').FriendStatus} FriendStatus
 * @typedef {import('./friend-states.js').PresenceState} PresenceState
 *
 * @typedef {object} PresenceOptions
 * @property {string | URL} [url]  another than `/api/presence/stream` of this page's server
 * @property {import('./transport.js').Transport} [transport]
 * @property {import('./network.js').Network} [network]
 * @property {import('./policy.js').Policy} [policy]  when to try again; without end if it is not given
 *
 * @typedef {'connected' | 'initial' | 'status_change' | 'friend_removed' | 'friend_request' | 'error'} PresenceEvent
 * @typedef {(event: PresenceEvent, data: any) => void} PresenceListener
 */

/** Milliseconds over which clients that all miss changes at once begin anew. */
const SPREAD = 5_000;

/**
 * Which friends are online, as it changes. A lost connection comes back by itself, and begins with all states again.
 */
export class PresenceManager {
  connection;
  #states = new FriendStates();
  /** @type {Emitter<{told: [PresenceEvent, any]}>} */
  #told = new Emitter();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #anew;

  /**
   * Opens nothing yet.
   *
   * @param {string | import('./state.js').TokenSource} token  an access token, whose end is the connection's; or who knows the one that counts
   * @param {PresenceOptions} [options]
   */
  constructor(token, {url = '/api/presence/stream', transport = eventStream(), network, policy} = {}) {
    const [line, source] = typeof token === 'function' ? [transport, token] : [withToken(token, transport)];
    this.connection = new Connection(new NamedStream(url, {}, line), {token: source, network, policy});
    this.connection.on('event', ({event, data}) => this.#hear(event, data));
    this.connection.on('reset', ({reason}) => this.#beginAnew(reason));
    const tell = teller(error => this.#tell('error', error));
    this.connection.on('state', state => state.name === 'connecting' || tell(errorOf(state)));
    this.connection.on('problem', ({problem}) => tell(errorOfProblem(problem)));
  }

  /** @returns {boolean} */
  get isConnected() {
    const {name} = this.connection.state;
    return name === 'open' || name === 'degraded';
  }

  /** @returns {PresenceState} */
  get presenceState() {
    return this.#states.all;
  }

  /** Opens the connection, or tries again at once. */
  connect() {
    this.connection.open();
  }

  /** Closes it; `connect` begins anew. The last known states stay. */
  disconnect() {
    clearTimeout(this.#anew);
    this.connection.close();
  }

  /**
   * @param {PresenceListener} callback  `connected`: each time that a line is open; `initial`: with the states of all friends; `status_change`: with a
   *     newer state of one; `friend_removed`: with `{user_id}`; `friend_request`: with a request to or of this user that is new or was
   *     answered; `error`: with an `Error` that has `reason` and `willRetry`
   * @returns {() => void} takes the callback away again
   */
  onPresenceChange(callback) {
    return this.#told.on('told', ([event, data]) => callback(event, data));
  }

  /**
   * @param {number | string} userId
   * @returns {FriendStatus | null}
   */
  getStatus(userId) {
    return this.#states.of(userId);
  }

  /** @returns {PresenceState} by user id. It does not change any more; after a change there is another one */
  getAllStatuses() {
    return this.#states.all;
  }

  /**
   * @param {string} event
   * @param {any} data
   */
  #hear(event, data) {
    switch (event) {
      case 'connected':
      case 'friend_request':
        this.#tell(event, data);
        break;
      case 'initial':
        clearTimeout(this.#anew);
        this.#states.begin(data);
        this.#tell(event, data);
        break;
      case 'status_change':
        this.#states.change(data) && this.#tell(event, data);
        break;
      case 'friend_removed':
        this.#states.remove(data.user_id) && this.#tell(event, data);
        break;
      default:
        // A heartbeat, or what a later server may tell of.
    }
  }

  /**
   * Changes may be missing. When the log began anew the server sends all states by itself, if they are others; else the next line begins with them.
   *
   * @param {string} reason
   */
  #beginAnew(reason) {
    clearTimeout(this.#anew);
    if (reason !== 'epoch') {
      this.#anew = setTimeout(() => this.connection.reopen(), Math.random() * SPREAD);
    }
  }

  /**
   * @param {PresenceEvent} event
   * @param {any} data
   */
  #tell(event, data) {
    this.#told.emit('told', [event, data]);
  }
}

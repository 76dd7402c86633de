import {Attempts} from './attempts.js';
import {Emitter} from './emitter.js';
import {AWAY, byProblem, byWord, countsAs, LOST, SILENT} from './ending.js';
import {enlist, strike} from './inspect.js';
import {latest} from './latest.js';
import {network as browserNetwork} from './network.js';
import {backoff} from './policy.js';
import {Recent} from './recent.js';
import {Renewal, unprolonged} from './renewal.js';
import {Watchdog} from './watchdog.js';

/**
 * @import {Ending} from './ending.js'
 * @import {Signal} from './protocol.js'
 * @import {State, StateName, TokenSource, ConnectionEvents} from './state.js'
 */

const CONNECT_WITHIN = 10_000;
const OFFLINE_PAUSE = 5_000;
/** A server may send heartbeats more often than that; but a busy browser should not take its own slowness for a loss. */
const SHORTEST_HEARTBEAT = 4_000;

/**
 * A connection that comes back by itself, and goes on where it was.
 *
 * @extends {Emitter<ConnectionEvents>}
 */
export class Connection extends Emitter {
  #protocol;
  #renewal;
  #attempts;
  #network;
  /** @type {State} */
  #state = {name: 'idle', attempt: 0};
  /** @type {import('./transport.js').Line | null} */
  #line = null;
  #next = latest();
  #isOpen = false;
  #everOpen = false;
  /** @type {Ending | null} what the server announced */
  #announced = null;
  #retry = 0;
  /** @type {string | undefined} */
  #connectionId;
  #recent = new Recent();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #watchdog = new Watchdog(() => this.#line?.say(this.#protocol.question), () => this.#end(SILENT));
  #unlisten = () => { };

  /**
   * @param {import('./protocol.js').Protocol} protocol
   * @param {{token?: TokenSource, policy?: import('./policy.js').Policy, network?: import('./network.js').Network}} [options]
   */
  constructor(protocol, {token, policy = backoff(), network = browserNetwork} = {}) {
    super();
    this.#protocol = protocol;
    this.#renewal = new Renewal(token);
    this.#attempts = new Attempts(policy);
    this.#network = network;
  }

  /** @returns {State} */
  get state() {
    return this.#state;
  }

  /** @returns {URL} where the next line is opened */
  get address() {
    return this.#protocol.address();
  }

  /** @returns {string | undefined} by which the server knows the line */
  get connectionId() {
    return this.#connectionId;
  }

  /** Opens it, or tries again at once, whatever it was waiting for. */
  open() {
    if (this.#line === null && this.#state.name !== 'connecting') {
      if (this.#state.name === 'closed' || this.#state.name === 'idle') {
        this.#attempts.reset();
        this.#renewal.isDue = false;
        this.#unlisten();
        enlist(this);
        this.#unlisten = this.#network.listen({
          online: () => this.#wake(), visible: () => this.#wake(), offline: () => this.#offline(), away: () => this.#away(),
        });
      }
      this.#connect();
    }
  }

  /** Closes it for good; `open` begins anew. */
  close() {
    if (this.#state.name !== 'closed') {
      this.#end({reason: 'closed', then: 'final'});
    }
  }

  /** What the protocol asks for has changed: another line takes the place of the one that there is, and the state stays as it is. */
  reopen() {
    if (this.#line !== null || this.#state.name === 'connecting') {
      this.#drop();
      this.#connect(this.#state);
    }
  }

  /**
   * Goes on over another transport, such as SSE where no WebSocket passes. What was told is not told again.
   *
   * @param {import('./protocol.js').Protocol} protocol  that begins at the `last` of the one before
   */
  use(protocol) {
    const {name} = this.#state;
    this.#drop();
    this.#protocol = protocol;
    name === 'idle' || name === 'closed' || this.#connect(this.#state.retryAt === undefined ? this.#state : undefined);
  }

  /** @param {State} [before]  stays until it is known how this went */
  #connect(before) {
    clearTimeout(this.#timer);
    const still = this.#next();
    before === undefined && this.#set('connecting');
    this.#watchdog.expect(CONNECT_WITHIN);
    this.#renewal.token().then(still(token => this.#openLine(token, still)), still(error => this.#end({...LOST, detail: String(error)})));
  }

  /**
   * @param {string | null} token
   * @param {import('./latest.js').Still} still
   */
  #openLine(token, still) {
    if (this.#renewal.isDue && token === null) {
      this.#end({...this.#state.ending ?? LOST, then: 'final'});
      return;
    }
    this.#announced = null;
    this.#watchdog.expect(CONNECT_WITHIN);
    this.#line = this.#protocol.transport.open({url: this.#protocol.address(), token}, {
      opened: still(() => this.#protocol.greets || this.#opened({kind: 'greeting'})),
      received: still(message => {
        this.#watchdog.heard();
        this.#protocol.read(message).forEach(still(signal => this.#take(signal)));
      }),
      heard: still(() => this.#watchdog.heard()),
      ended: still(ending => this.#end(this.#announced ?? ending)),
    });
  }

  /** @param {Signal} signal */
  #take(signal) {
    switch (signal.kind) {
      case 'greeting':
        this.#opened(signal);
        break;
      case 'event':
        this.#recent.again(signal.id) || this.emit('event', signal);
        break;
      case 'notice':
        this.#heed(signal);
        break;
      case 'refused':
        this.#end(byProblem(signal.problem));
        break;
      case 'missed':
        this.#end({...LOST, detail: `Something between here and the server lost events up to ${signal.id}.`});
        break;
      default:
        this.emit(signal.kind, /** @type {any} */ (signal));
    }
  }

  /** @param {import('./protocol.js').Greeting} greeting */
  #opened({heartbeat, connectionId, retry}) {
    this.#connectionId = connectionId;
    this.#retry = retry ?? 0;
    this.#isOpen = true;
    this.#attempts.opened();
    this.#renewal.isDue = false;
    this.#watchdog.watch(Math.max(heartbeat ?? this.#protocol.heartbeat, SHORTEST_HEARTBEAT));
    const signals = this.#protocol.opened((/** @type {string} */ text) => this.#line?.say(text), this.#everOpen);
    this.#everOpen = true;
    this.#set('open');
    signals.forEach(signal => this.#take(signal));
  }

  /** @param {import('./protocol.js').Notice} notice */
  #heed(notice) {
    if (notice.name === 'closing') {
      this.#announced = byWord(notice.reason, notice.detail);
    } else if (notice.name === 'degraded' || notice.name === 'recovered') {
      this.#set(notice.name === 'degraded' ? 'degraded' : 'open');
    } else if (notice.name === 'token_expiring' && this.#connectionId !== undefined) {
      // If it fails, the server ends the line in time, and the next one gets a fresh token.
      this.#renewal.prolong(this.#protocol.address(), this.#connectionId).catch(error => this.emit('problem', unprolonged(error)));
    } else if (notice.name === 'reset') {
      this.emit('reset', notice);
    }
    this.emit('notice', notice);
  }

  /**
   * The line is gone, or is given up.
   *
   * @param {Ending} ending
   */
  #end(ending) {
    this.#drop();
    if (ending.then === 'final' || ending.then === 'renew' && !this.#renewal.refused()) {
      this.#finish({...ending, then: 'final'});
    } else {
      this.#wait(ending);
    }
  }

  /** @param {Ending} ending */
  #wait(ending) {
    const online = this.#network.online();
    const delay = this.#attempts.failed(ending.least ?? (online ? this.#retry : OFFLINE_PAUSE), countsAs(ending, online, this.#network.visible()));
    if (delay === null) {
      this.#finish({reason: 'exhausted', detail: ending.detail, then: 'final'});
    } else {
      this.#timer = setTimeout(() => this.#connect(), delay);
      this.#set(online ? 'waiting' : 'offline', ending, Date.now() + delay);
    }
  }

  /** Nothing of the line that there was counts from now on. */
  #drop() {
    this.#next();
    this.#attempts.ended();
    this.#isOpen = false;
    clearTimeout(this.#timer);
    this.#watchdog.stop();
    this.#line?.close();
    this.#line = null;
    this.#protocol.ended();
  }

  /** @param {Ending} ending */
  #finish(ending) {
    this.#unlisten();
    this.#set('closed', ending);
    strike(this);
  }

  /** The network is there again, or the page is looked at: no reason to wait, and some to doubt that an open line still lives. */
  #wake() {
    if (this.#state.retryAt === undefined) {
      this.#doubt(() => this.#replace());
    } else if (this.#state.ending?.least === undefined) {
      this.#attempts.early();
      this.#connect();
    }
  }

  #offline() {
    if (this.#state.name === 'waiting') {
      this.#set('offline', this.#state.ending, this.#state.retryAt);
    } else {
      this.#doubt();
    }
  }

  /** A page with an open line is not kept in the page cache. */
  #away() {
    if (this.#state.retryAt === undefined) {
      this.#end(AWAY);
    }
  }

  /** @param {() => void} [giveUp] */
  #doubt(giveUp) {
    if (this.#isOpen) {
      this.#watchdog.wake(this.#protocol.question !== '', giveUp);
    }
  }

  /** The line did not live any more when this computer woke: another one is opened at once, for nobody else does so at this moment. */
  #replace() {
    this.#end(SILENT);
    this.#wake();
  }

  /**
   * @param {StateName} name
   * @param {Ending} [ending]
   * @param {number} [retryAt]
   */
  #set(name, ending, retryAt) {
    this.#state = {name, attempt: this.#attempts.count, ending: ending ?? (name === 'connecting' ? this.#state.ending : undefined), retryAt};
    this.emit('state', this.#state);
  }
}

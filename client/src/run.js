import {Connection} from './connection.js';
import {sourceOf} from './credentials.js';
import {Emitter} from './emitter.js';
import {eventStream} from './event-stream.js';
import {ask, newKey, pathOn} from './request.js';
import {RunStream} from './run-stream.js';

/**
 * @typedef {object} RunView  an answer in the making, at one moment
 * @property {string} [runId]  once it is known
 * @property {'sending' | 'queued' | 'waiting' | 'streaming' | 'complete' | 'stopped' | 'failed'} state
 * @property {string} text  so far
 * @property {import('./problem.js').Problem} [problem]  why it failed
 * @property {any} [ending]  the last event
 *
 * @typedef {import('./request.js').Asker & {clientId?: string, network?: import('./network.js').Network, policy?: import('./policy.js').Policy}} RunOptions
 *     `clientId`: who asks, without a token
 *
 * @typedef {object} RunPaths
 * @property {(runId: string) => string} stream  where a run is read from
 * @property {(runId: string | undefined) => [string, string?]} stop  where one is stopped, and with which Idempotency-Key
 * @property {string} [send]  where it is asked for
 */

const ENDINGS = new Set(['complete', 'error', 'timeout', 'ai_complete', 'ai_error']);
const STOPPED = new Set(['stopped', 'interrupted']);

/**
 * Reads one answer to its end, over lost lines and on other nodes. That nobody reads it does not stop it.
 *
 * @extends {Emitter<{change: RunView, event: any}>}
 */
export class Run extends Emitter {
  /** @type {RunView} */
  view;
  #connection;
  #options;
  #paths;

  /**
   * @param {RunPaths} paths
   * @param {RunOptions} options
   * @param {string} [runId]  undefined: it is asked for first
   * @param {{key: string, body: object}} [send]
   */
  constructor(paths, options, runId, send) {
    super();
    this.#paths = paths;
    this.#options = options;
    this.view = {runId, state: runId === undefined ? 'sending' : 'waiting', text: ''};
    const {token, server = '', network, policy, fetch} = options;
    const address = () => pathOn(server, this.view.runId === undefined ? String(paths.send) : paths.stream(this.view.runId));
    const stream = new RunStream(address, eventStream({fetch: send === undefined ? fetch : this.#sending(send, fetch)}));
    this.#connection = new Connection(stream, {token: sourceOf(token), network, policy});
    this.#connection.on('event', ({data}) => this.#take(data));
    this.#connection.on('reset', () => {
      stream.last = undefined;
      this.#connection.reopen();
    });
    this.#connection.on('state', ({name, ending}) => name === 'closed' && ending?.reason !== 'closed' && this.#become({state: 'failed',
      problem: ending?.problem ?? {type: 'about:blank', title: 'Lost', status: 0, detail: ending?.detail ?? 'The answer cannot be read any more.'}}));
    this.#connection.open();
  }

  /**
   * An answer to a question on `/api/ai`.
   *
   * @param {string} runId
   * @param {RunOptions} [options]
   */
  static ofQuestion(runId, options = {}) {
    return new Run(questionPaths(options.clientId), options, runId);
  }

  /**
   * An answer in a room that is under way.
   *
   * @param {string} runId
   * @param {RunOptions} [options]
   */
  static ofRoom(runId, options = {}) {
    return new Run(roomPaths(''), options, runId);
  }

  /**
   * Says something in a room, and reads the answer. If the line breaks before anybody knows whether it was said, it is said again, as the same.
   *
   * @param {string} roomId
   * @param {{message: string, userName?: string, whenBusy?: 'enqueue' | 'reject' | 'interrupt', key?: string}} said
   * @param {RunOptions} [options]
   */
  static ofSend(roomId, {key = newKey(), ...body}, options = {}) {
    return new Run(roomPaths(roomId, key), options, undefined, {key, body});
  }

  /** @returns {boolean} */
  get isUnderWay() {
    return !['complete', 'stopped', 'failed'].includes(this.view.state);
  }

  /** Stops the answer, for everybody, also before it has begun. The last event follows, with what there is. */
  async stop() {
    const [path, key] = this.#paths.stop(this.view.runId);
    await ask('POST', path, {...this.#options, key});
  }

  /** Reads no more; the answer goes on. */
  close() {
    this.#connection.close();
  }

  /** @param {any} event */
  #take(event) {
    this.emit('event', event);
    const {type, content = ''} = event;
    const runId = this.view.runId ?? event.runId;
    if (ENDINGS.has(type)) {
      this.close();
      this.#become({runId, ...endOf(event, this.view.text)});
    } else if (type === 'status' || type === 'ai_status') {
      this.#become({runId, state: event.state});
    } else if (type === 'text_chunk' || type === 'ai_response' && event.channel === 'ai') {
      this.#become({runId, state: 'streaming', text: event.replay ? content : this.view.text + content});
    } else {
      this.#become({runId, state: this.view.state === 'sending' ? 'waiting' : this.view.state});
    }
  }

  /** @param {Partial<RunView>} now */
  #become(now) {
    this.view = {...this.view, ...now};
    this.emit('change', this.view);
  }

  /**
   * Until the run's name is known, a line is opened by asking for it; again with the same key, which is the same run.
   *
   * @param {{key: string, body: object}} send
   * @param {typeof fetch} [fetching]
   * @returns {typeof fetch}
   */
  #sending({key, body}, fetching = globalThis.fetch) {
    return (url, init) => fetching(url, this.view.runId !== undefined ? init : {...init, method: 'POST', body: JSON.stringify(body),
      headers: {...init?.headers, 'Content-Type': 'application/json', 'Idempotency-Key': key}});
  }
}

/**
 * @param {any} event  the last one
 * @param {string} before  the text until then
 * @returns {Partial<RunView>}
 */
function endOf(event, before) {
  const {type, finishReason, content: text = before} = event;
  const isWhole = type === 'complete' || type === 'ai_complete';
  return isWhole ? {state: STOPPED.has(finishReason) ? 'stopped' : 'complete', text, ending: event}
    : {state: 'failed', text, ending: event, problem: {type: 'about:blank', title: 'Failed', status: 500, ...event.problem, detail: event.message ?? ''}};
}

/**
 * @param {string} [clientId]
 * @returns {RunPaths}
 */
export function questionPaths(clientId) {
  const of = (/** @type {string} */ run, /** @type {string} */ what) => `/api/ai/runs/${encodeURIComponent(run)}/${what}`
    + (clientId === undefined ? '' : `?client_id=${encodeURIComponent(clientId)}`);
  return {stream: run => of(run, 'stream'), stop: run => [of(run ?? '', 'stop')]};
}

/**
 * @param {string} roomId
 * @param {string} [key]
 * @returns {RunPaths}
 */
export function roomPaths(roomId, key) {
  const room = `/api/chat/rooms/${encodeURIComponent(roomId)}`;
  const of = (/** @type {string} */ run, /** @type {string} */ what) => `/api/chat/runs/${encodeURIComponent(run)}/${what}`;
  return {send: `${room}/send`, stream: run => of(run, 'stream'), stop: run => run === undefined ? [`${room}/stop`, key] : [of(run, 'stop')]};
}

import {afterEach, beforeEach, mock} from 'node:test';
import {connect, fixed} from '../src/index.js';
import {FakeServer, holdTime} from './fake-server.js';
import {sample} from './samples.js';

/** What `/live` says first. */
export const WELCOME = sample('generic/welcome');
const NEVER_ENDING = fixed({every: 1_000});

/** The server of the running test. @type {FakeServer} */
export let server;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
});
afterEach(() => mock.timers.reset());

/**
 * Opens a connection that does not give up.
 *
 * @param {import('../src/protocol.js').Protocol} protocol
 */
export function heard(protocol) {
  const connection = connect(protocol, {network: server.network, policy: NEVER_ENDING});
  /** @type {any[]} */
  const events = [];
  connection.on('event', event => events.push(event));
  return {connection, events};
}

/** @param {object} frame */
export const sse = frame => `id: ${/** @type {any} */ (frame).id ?? ''}\ndata: ${JSON.stringify(frame)}\n\n`;

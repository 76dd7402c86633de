import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock} from 'node:test';
import {connect, eventStream, Stream} from '../src/index.js';
import {acrossTabs} from '../src/tabs.js';
import {FakeBrowser} from './fake-browser.js';
import {FakeServer, settle} from './fake-server.js';

export const tokenOf = (/** @type {string} */ sub, jti = '1') => `x.${Buffer.from(JSON.stringify({iss: 'i', sub, jti})).toString('base64url')}.y`;
export const joined = (/** @type {string} */ id, more = {}) =>
  `id: ${id}\ndata: ${JSON.stringify({type: 'joined', topics: ['a'], recovered: false, gaps: [], connectionId: 'c-1', ...more})}\n\n`;
export const event = (/** @type {number} */ n) => `id: e-${n}\ndata: ${JSON.stringify({type: 'event', topic: 'a', event: 'x', data: n})}\n\n`;

/** The server of the running test. @type {FakeServer} */
export let server;
/** Whose tabs they are. @type {FakeBrowser} */
export let browser;
/** The open ones. @type {any[]} */
let tabs;

beforeEach(() => {
  mock.timers.enable({apis: ['setTimeout', 'setInterval', 'Date'], now: 1_000_000});
  server = new FakeServer();
  server.answer = () => server.stream();
  browser = new FakeBrowser();
  tabs = [];
});
afterEach(async () => {
  tabs.forEach(({connection}) => connection.close());
  await settle();
  assert.deepEqual(browser.inUse, [], 'nothing is left');
  mock.timers.reset();
});

/** @param {number} milliseconds */
export async function pass(milliseconds) {
  for (let left = milliseconds; left > 0; left -= 250) {
    await settle();
    mock.timers.tick(Math.min(left, 250));
  }
  await settle();
}

/** Opens a tab. @param {{token?: string | null, protocol?: (transport: any) => any, options?: object, source?: any}} [given] */
export async function tab({token = tokenOf('7'), protocol, options = {}, source} = {}) {
  const of = browser.tab();
  const transport = acrossTabs({transport: eventStream(server), browser: of, ...options});
  const stream = protocol?.(transport) ?? Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a'], transport});
  const connection = connect(stream, {token: source ?? (() => token), network: server.network});
  const opened = {of, connection, stream, heard: /** @type {any[]} */ ([]), told: /** @type {any[]} */ ([])};
  connection.on('event', ({event: name, data}) => opened.heard.push(data?.n ?? (typeof data === 'number' ? data : name)));
  connection.on('joined', ({recovered, gaps}) => opened.told.push([recovered, ...gaps]));
  connection.on('reset', () => opened.told.push('reset'));
  tabs.push(opened);
  await pass(1);
  return opened;
}

/** @param {number} count */
export async function several(count) {
  const all = [];
  for (let i = 0; i < count; i++) {
    all.push(await tab());
  }
  await pass(500);
  return all;
}

/** The id that a line was to go on from. */
export const asked = (n = server.requests.length - 1) => server.requests[n].url.searchParams.get('last_event_id');
/** The state of each tab. */
export const names = () => tabs.map(({connection}) => connection.state.name);
export const openOnServer = () => server.requests.filter(({init}) => !init.signal.aborted).length;

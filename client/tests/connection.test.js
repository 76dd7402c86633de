import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {backoff, connect, fixed, Live, webSocket} from '../src/index.js';
import {FakeServer, holdTime, pass, problem, settle} from './fake-server.js';

const WELCOME = {type: 'welcome', heartbeat: 12, connectionId: 'c-1', roles: []};
const HALF = backoff({first: 1_000, most: 8_000, random: () => 0.5});

/** @type {FakeServer} */
let server;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
  server.answer = () => undefined;
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

/** @param {any} [options] */
function connected(options = {}) {
  const live = new Live({url: 'http://pado.example/live', topics: ['a'], transport: webSocket(server)});
  const connection = connect(live, {policy: HALF, network: server.network, ...options});
  /** @type {any[]} */
  const states = [];
  connection.on('state', state => states.push(state.name));
  return {connection, states};
}

async function welcome() {
  await settle();
  server.socket.opens();
  server.socket.says(WELCOME);
}

test('is open only after the greeting', async () => {
  const {connection, states} = connected();
  await settle();
  server.socket.opens();
  assert.equal(connection.state.name, 'connecting');
  server.socket.says(WELCOME);
  assert.deepEqual(states, ['open']);
});

test('waits longer after each failure, and says until when', async () => {
  const {connection} = connected();
  const waits = [];
  for (let i = 0; i < 6; i++) {
    await settle();
    server.socket.ends();
    await settle();
    assert.equal(connection.state.name, 'waiting');
    assert.equal(connection.state.attempt, i + 1);
    waits.push(/** @type {number} */ (connection.state.retryAt) - Date.now());
    await pass(waits[i]);
  }
  assert.deepEqual(waits, [500, 1_000, 2_000, 4_000, 4_000, 4_000]);
  assert.equal(server.sockets.length, 7);
});

test('counts from zero again only after it was open for a while', async () => {
  const {connection} = connected();
  await welcome();
  server.socket.ends(1013, 'slow');
  assert.equal(connection.state.attempt, 1);
  await pass(500);
  await welcome();
  server.socket.ends(1013, 'slow');
  assert.equal(connection.state.attempt, 2);
  await pass(1_000);
  await welcome();
  mock.timers.tick(6_000);
  server.socket.ends(1013, 'slow');
  assert.equal(connection.state.attempt, 1);
});

test('a fixed policy gives up after its last attempt, and a success sets its counter back', async () => {
  const {connection} = connected({policy: fixed({every: 5_000, most: 2})});
  await welcome();
  server.socket.ends();
  await pass(5_000);
  server.socket.ends();
  await pass(5_000);
  await welcome();
  assert.equal(connection.state.attempt, 0);
  for (const name of ['waiting', 'waiting', 'closed']) {
    server.socket.ends();
    await settle();
    assert.equal(connection.state.name, name);
    await pass(5_000);
  }
  assert.equal(connection.state.ending?.reason, 'exhausted');
  await pass(600_000);
  assert.equal(server.sockets.length, 5);
});

test('can be opened again after it gave up', async () => {
  const {connection} = connected({policy: fixed({every: 5_000, most: 0})});
  await settle();
  server.socket.ends();
  await settle();
  assert.equal(connection.state.name, 'closed');
  connection.open();
  await welcome();
  assert.equal(connection.state.name, 'open');
});

test('close codes that blame this client are final, the others are not', async () => {
  for (const [code, words, name] of /** @type {[number, string, string][]} */ ([
    [1000, 'ended', 'closed'], [1002, '', 'closed'], [1003, '', 'closed'], [1007, '', 'closed'], [1009, '', 'closed'],
    [1008, 'logged-out', 'closed'], [1008, '', 'closed'], [1008, 'flooding', 'waiting'],
    [1008, 'your message did not end', 'waiting'], [1001, '', 'waiting'], [1006, '', 'waiting'], [1011, '', 'waiting'], [1012, 'stopping', 'waiting'], [1013, 'slow', 'waiting'], [4999, '', 'waiting'],
  ])) {
    const {connection} = connected();
    await welcome();
    server.socket.ends(code, words);
    assert.equal(connection.state.name, name, `${code} ${words}`);
    connection.close();
  }
});

test('closing is final, and lets go of everything', async () => {
  const {connection, states} = connected();
  await welcome();
  connection.close();
  assert.equal(server.socket.closedWith, 1000);
  assert.equal(server.isListenedTo, false);
  server.socket.says({type: 'event', id: 'e-1', topic: 'a', event: 'x', data: 1});
  await pass(600_000);
  assert.deepEqual(states, ['open', 'closed']);
  assert.equal(server.sockets.length, 1);
});

test('a line that falls silent is asked, then given up', async () => {
  const {connection} = connected();
  await welcome();
  await pass(17_999);
  assert.deepEqual(server.socket.sent.at(-1).type, 'subscribe');
  await pass(1);
  assert.deepEqual(server.socket.sent.at(-1), {type: 'ping'});
  server.socket.says({type: 'pong'});
  await pass(18_000);
  await pass(11_999);
  assert.equal(connection.state.name, 'open');
  await pass(1);
  assert.equal(connection.state.name, 'waiting');
  assert.equal(connection.state.ending?.reason, 'silent');
  assert.notEqual(server.socket.closedWith, null);
});

test('heartbeats keep it open', async () => {
  const {connection} = connected();
  await welcome();
  for (let i = 0; i < 20; i++) {
    await pass(12_000);
    server.socket.says({type: 'heartbeat'});
  }
  assert.equal(connection.state.name, 'open');
  assert.equal(server.sockets.length, 1);
});

test('an opening that leads nowhere is given up', async () => {
  const {connection} = connected();
  await pass(10_000);
  assert.equal(connection.state.ending?.reason, 'silent');
});

test('tries at once when the network is back or the page is looked at', async () => {
  for (const wake of /** @type {const} */ (['online', 'visible'])) {
    const {connection} = connected();
    await settle();
    server.socket.ends();
    await settle();
    const before = server.sockets.length;
    server[wake]();
    await settle();
    assert.equal(server.sockets.length, before + 1, wake);
    connection.close();
  }
});

test('does not come sooner than the server asked for', async () => {
  server.answer = () => problem(429, {}, {'Retry-After': '20'});
  const {connection} = connected();
  await settle();
  server.socket.ends();
  await settle();
  server.visible();
  await settle();
  assert.equal(server.sockets.length, 1);
  assert.equal(/** @type {number} */ (connection.state.retryAt) - Date.now(), 20_500);
});

test('says that the browser is offline, and uses up no attempts', async () => {
  const {connection} = connected({policy: fixed({every: 5_000, most: 1})});
  await welcome();
  server.offline();
  assert.deepEqual(server.socket.sent.at(-1), {type: 'ping'});
  await pass(5_000);
  assert.equal(connection.state.name, 'offline');
  for (let i = 0; i < 4; i++) {
    await pass(5_000);
    server.socket.ends();
    await settle();
    assert.equal(connection.state.name, 'offline');
  }
  server.online();
  await welcome();
  assert.equal(connection.state.name, 'open');
});

test('is degraded while the server says so', async () => {
  const {states} = connected();
  await welcome();
  server.socket.says({type: 'degraded', reason: 'feed-lost'});
  server.socket.says({type: 'recovered', reason: 'feed-restored'});
  assert.deepEqual(states, ['open', 'degraded', 'open']);
});

test('a listener that throws harms nobody else', async () => {
  const {connection} = connected();
  /** @type {unknown[]} */
  const thrown = [];
  mock.method(globalThis, 'queueMicrotask', (/** @type {() => void} */ task) => {
    try {
      task();
    } catch (error) {
      thrown.push(error);
    }
  });
  const heard = /** @type {string[]} */ ([]);
  connection.on('event', () => { throw new Error('mine'); });
  connection.on('event', event => heard.push(event.event));
  await welcome();
  server.socket.says({type: 'event', id: 'e-1', topic: 'a', event: 'x', data: 1});
  await settle();
  assert.deepEqual(heard, ['x']);
  assert.equal(/** @type {Error} */ (thrown[0]).message, 'mine');
});

test('what the browser itself refuses is final, and says why', async () => {
  const refusing = {WebSocket: /** @type {any} */ (class { constructor() { throw new SyntaxError('no such protocol'); } })};
  const live = new Live({url: 'http://pado.example/live', transport: webSocket(refusing)});
  const connection = connect(live, {network: server.network});
  await settle();
  assert.equal(connection.state.name, 'closed');
  assert.match(connection.state.ending?.detail ?? '', /no such protocol/);
});

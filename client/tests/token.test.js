import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {backoff, connect, Live, Stream, eventStream, webSocket} from '../src/index.js';
import {FakeServer, holdTime, pass, problem, settle} from './fake-server.js';

const WELCOME = {type: 'welcome', heartbeat: 12, connectionId: 'c-1', roles: []};

/** @type {FakeServer} */
let server;
/** @type {boolean[]} */
let asked;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
  asked = [];
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

/** @param {(why: {renew: boolean}) => any} token */
function live(token) {
  return connect(new Live({url: 'http://pado.example/live', transport: webSocket(server)}), {
    network: server.network, policy: backoff({first: 1_000, random: () => 1}),
    token: why => {
      asked.push(why.renew);
      return token(why);
    },
  });
}

test('the token goes as a sub-protocol, and is asked for before each line', async () => {
  let n = 0;
  live(() => `t${++n}`);
  await settle();
  assert.deepEqual(server.socket.protocols, ['pado', 'bearer.t1']);
  server.socket.ends(1012, 'stopping');
  await pass(1_000);
  assert.deepEqual(server.socket.protocols, ['pado', 'bearer.t2']);
  assert.deepEqual(asked, [false, false]);
});

test('a refused handshake is asked about, and a refused token renewed once', async () => {
  server.answer = () => problem(401);
  const connection = live(({renew}) => renew ? 'new' : 'old');
  await settle();
  server.socket.ends();
  await settle();
  assert.equal(server.requests[0].init.headers.Authorization, 'Bearer old');
  await pass(1_000);
  assert.deepEqual(server.socket.protocols, ['pado', 'bearer.new']);
  server.socket.ends();
  await settle();
  assert.equal(connection.state.name, 'closed');
  assert.equal(connection.state.ending?.problem?.status, 401);
  assert.deepEqual(asked, [false, true]);
});

test('who logged out is renewed if there is a new token, and closed if there is none', async () => {
  /** @type {string | null} */
  let fresh = 'new';
  const connection = live(({renew}) => renew ? fresh : 'old');
  for (const expected of ['open', 'closed']) {
    await settle();
    server.socket.opens();
    server.socket.says(WELCOME);
    server.socket.ends(1008, 'logged-out');
    await pass(2_000);
    if (expected === 'open') {
      assert.deepEqual(server.socket.protocols, ['pado', 'bearer.new']);
    }
    fresh = null;
  }
  assert.equal(connection.state.name, 'closed');
  assert.equal(connection.state.ending?.reason, 'logged-out');
});

test('what only HTTP tells of a refused handshake decides', async () => {
  for (const [status, name] of /** @type {const} */ ([[403, 'closed'], [404, 'closed'], [426, 'waiting'], [429, 'waiting'], [503, 'waiting']])) {
    server.answer = () => problem(status);
    const connection = live(() => null);
    await settle();
    server.socket.ends();
    await settle();
    assert.equal(connection.state.name, name, String(status));
    connection.close();
  }
});

test('a refusal that is not of this server is no reason to give up', async () => {
  server.answer = () => new Response('<html>', {status: 404, headers: {'Content-Type': 'text/html'}});
  const connection = live(() => null);
  await settle();
  server.socket.ends();
  await settle();
  assert.equal(connection.state.name, 'waiting');
});

test('a token that cannot be had is a failed attempt', async () => {
  let away = true;
  const connection = live(() => away ? Promise.reject(new Error('away')) : 't');
  await settle();
  assert.equal(connection.state.name, 'waiting');
  assert.equal(server.sockets.length, 0);
  away = false;
  await pass(1_000);
  assert.deepEqual(server.socket.protocols, ['pado', 'bearer.t']);
});

test('a token that never comes is a failed attempt too', async () => {
  const connection = live(() => new Promise(() => { }));
  await pass(10_000);
  assert.equal(connection.state.name, 'waiting');
});

test('a stream whose token ends is prolonged with a fresh one', async () => {
  const posted = mock.method(globalThis, 'fetch', async () => new Response(null, {status: 204}));
  live(({renew}) => renew ? 'new' : 'old');
  await settle();
  server.socket.opens();
  server.socket.says(WELCOME);
  server.socket.says({type: 'token_expiring', reason: 'token'});
  await settle();
  const [url, init] = /** @type {any[]} */ (posted.mock.calls[0].arguments);
  assert.equal(String(url), 'http://pado.example/api/auth/streams/c-1');
  assert.equal(init.headers.Authorization, 'Bearer new');
});

test('a stream gets its token in a header, and an end that it announced counts', async () => {
  server.answer = () => server.stream();
  const connection = connect(Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a'], transport: eventStream(server)}),
    {network: server.network, token: ({renew}) => renew ? null : 't'});
  await settle();
  assert.equal(server.requests[0].init.headers.Authorization, 'Bearer t');
  await server.streams[0].says('data: {"type":"closing","reason":"logged-out","detail":"D"}\n\n');
  await server.streams[0].ends();
  await pass(60_000);
  assert.equal(connection.state.name, 'closed');
  assert.equal(connection.state.ending?.reason, 'logged-out');
});

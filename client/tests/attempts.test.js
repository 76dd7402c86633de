import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {backoff, connect, doubling, eventStream, fixed, policies, Stream} from '../src/index.js';
import {FakeServer, holdTime, pass, problem, settle} from './fake-server.js';

const JOINED = 'id: e-1\ndata: {"type":"joined","topics":["a"],"recovered":false,"gaps":[],"connectionId":"c-1"}\n\n';

/** @type {FakeServer} */
let server;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
});
afterEach(() => mock.timers.reset());

/** @param {import('../src/policy.js').Policy} policy */
async function connected(policy) {
  const stream = Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a'], transport: eventStream(server)});
  const connection = connect(stream, {policy, network: server.network});
  await settle();
  return connection;
}

test('a page that nobody sees uses up no attempt, and waits longer each time', async () => {
  server.hidden();
  const connection = await connected(doubling({most: 3}));
  const waits = [];
  for (let i = 0; i < 6; i++) {
    assert.equal(connection.state.name, 'waiting');
    waits.push(Number(connection.state.retryAt) - Date.now());
    await pass(waits[i]);
  }
  assert.deepEqual(waits, [1_000, 2_000, 4_000, 4_000, 4_000, 4_000]);
  server.visible();
  await settle();
  for (const seconds of [1, 2, 4]) {
    assert.equal(connection.state.name, 'waiting');
    await pass(seconds * 1_000);
  }
  assert.deepEqual([connection.state.name, connection.state.ending?.reason], ['waiting', 'lost'], 'the attempt on being seen did not count either');
  await pass(4_000);
  assert.deepEqual([connection.state.name, connection.state.ending?.reason], ['closed', 'exhausted']);
});

test('a refusal that passes never ends a stream for good', async () => {
  const starting = () => new Response('Context Root Not Found', {status: 404, headers: {'Content-Type': 'text/html'}});
  for (const answer of [() => problem(429), () => problem(503), starting]) {
    for (const policy of [doubling(), fixed({every: 5_000, most: 5}), backoff()]) {
      server = new FakeServer();
      server.answer = answer;
      const connection = await connected(policy);
      for (let i = 0; i < 20; i++) {
        assert.equal(connection.state.name, 'waiting');
        await pass(30_000);
      }
      server.answer = () => server.stream();
      await pass(30_000);
      await server.streams[0].says(JOINED);
      assert.equal(connection.state.name, 'open');
      connection.close();
    }
  }
});

test('what the server asks to wait is waited, however often it refuses', async () => {
  server.answer = () => problem(503, {}, {'Retry-After': '40'});
  const connection = await connected(doubling({most: 2}));
  for (let i = 1; i <= 5; i++) {
    assert.equal(server.requests.length, i);
    await pass(39_999);
    assert.equal(server.requests.length, i);
    await pass(1);
  }
  connection.close();
});

test('a server that is down uses the attempts up, also behind a proxy that says so', async () => {
  server.answer = () => new Response('Bad Gateway', {status: 502});
  const connection = await connected(doubling({most: 2}));
  await pass(1_000);
  await pass(2_000);
  assert.equal(connection.state.name, 'closed');
});

test('a page that is left has no open line; when it comes back it goes on where it was, at once', async () => {
  server.answer = () => server.stream();
  const connection = await connected(doubling({most: 1}));
  await server.streams[0].says(`${JOINED}id: e-7\ndata: {"type":"event","topic":"a","data":1}\n\n`);
  server.leave();
  assert.equal(server.requests[0].init.signal.aborted, true);
  assert.deepEqual([connection.state.name, connection.state.attempt], ['waiting', 0]);
  server.visible();
  await settle();
  assert.equal(server.requests.length, 2);
  assert.equal(server.requests[1].url.searchParams.get('last_event_id'), 'e-7');
  await server.streams[1].says(JOINED);
  assert.equal(connection.state.name, 'open');
  connection.close();
});

test('a page that is left while it waits goes on waiting', async () => {
  const connection = await connected(doubling());
  const {retryAt} = connection.state;
  server.leave();
  assert.equal(connection.state.retryAt, retryAt);
  connection.close();
});

test('the policies of the documents wait as these have it', () => {
  const waits = (/** @type {import('../src/policy.js').Policy} */ {delay}, least = 0) => [1, 2, 3, 4, 5, 6].map(attempt => delay(attempt, least));
  assert.deepEqual(waits(policies.realtime), [1_000, 2_000, 4_000, 8_000, 16_000, null]);
  assert.deepEqual(waits(policies.cafe), [5_000, 5_000, 5_000, 5_000, 5_000, null]);
  for (const policy of [policies.channels, policies.presence]) {
    assert.deepEqual([waits(policy), waits(policy, 1_700)], [Array(6).fill(3_000), Array(6).fill(1_700)]);
  }
  assert.ok(waits(policies.chat).every(wait => wait !== null && wait < 30_000));
});

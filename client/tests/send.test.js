import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {backoff} from '../src/index.js';
import {SendQueue} from '../src/send.js';
import {FakeServer, holdTime, pass, problem, settle} from './fake-server.js';

/** @type {FakeServer} */
let server;
/** @type {SendQueue} */
let queue;
/** @type {any[]} */
let done;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
  server.answer = () => Response.json({id: 'm-1'}, {status: 201});
  done = [];
  queue = new SendQueue({server: 'http://pado.example', fetch: server.fetch, network: server.network, token: 't', most: 3, policy: backoff({random: () => 1})});
  queue.on('done', ({sent, answer}) => done.push([sent.key, answer]));
});
afterEach(() => {
  queue.close();
  assert.equal(server.isListenedTo, false);
  mock.timers.reset();
});

const keys = () => server.requests.map(({init}) => init.headers['Idempotency-Key']);
const states = () => queue.entries.map(({state, problem: why}) => `${state} ${why?.status ?? why?.message ?? ''}`.trim());

test('what is sent is pending until it is answered', async () => {
  const key = queue.send('POST', '/api/chat/messages', {content: 'hello'});
  assert.deepEqual(states(), ['pending']);
  await settle();
  assert.deepEqual([states(), done], [[], [[key, {id: 'm-1'}]]]);
  const [{url, init}] = server.requests;
  assert.deepEqual([String(url), init.method, init.body, init.headers.Authorization], ['http://pado.example/api/chat/messages', 'POST', '{"content":"hello"}', 'Bearer t']);
});

test('what gets no answer, or a refusal that passes, is sent again as the same, before what came later', async () => {
  server.answer = () => undefined;
  const first = queue.send('POST', '/a', {});
  const second = queue.send('POST', '/b', {});
  await settle();
  assert.deepEqual(states(), ['pending no answer', 'pending']);
  server.answer = () => problem(503, {}, {'Retry-After': '7'});
  await pass(1_000);
  assert.deepEqual(states(), ['pending 503', 'pending']);
  server.answer = () => new Response(null, {status: 204});
  await pass(7_000);
  assert.equal(server.requests.length, 2, 'not before the time that the server asked for');
  await pass(2_000);
  assert.deepEqual(keys(), [first, first, first, second]);
  assert.deepEqual(done, [[first, null], [second, null]]);
});

test('a network that is back, and a page that is looked at, are reasons to try at once', async () => {
  server.answer = () => undefined;
  queue.send('POST', '/a', {});
  await settle();
  server.answer = () => new Response(null, {status: 204});
  server.online();
  await settle();
  assert.deepEqual([server.requests.length, states()], [2, []]);
});

test('what was refused fails, holds up nothing, and can be sent again as the same, or dropped', async () => {
  server.answer = url => String(url).endsWith('/a') ? problem(409) : new Response(null, {status: 204});
  const key = queue.send('POST', '/a', {});
  queue.send('POST', '/b', {});
  await settle();
  assert.deepEqual([states(), done.length], [['failed 409'], 1]);
  server.answer = () => new Response(null, {status: 204});
  queue.retry(key);
  assert.deepEqual(states(), ['pending']);
  await settle();
  assert.deepEqual([states(), keys().filter(each => each === key).length], [[], 2]);
  server.answer = () => problem(422);
  queue.drop(queue.send('POST', '/a', {}));
  await settle();
  assert.deepEqual(states(), []);
});

test('no more wait than a page may keep', async () => {
  server.answer = () => undefined;
  ['/a', '/b', '/c'].forEach(path => queue.send('POST', path));
  assert.throws(() => queue.send('POST', '/d'), /3 requests wait already/);
});

import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {connect, fixed, Live, Replica, webSocket} from '../src/index.js';
import {FakeServer, holdTime, pass, settle} from './fake-server.js';

/** @type {FakeServer} */
let server;
/** Loads that have begun, in order. @type {{resolve: (value: number[]) => void, reject: (error: Error) => void}[]} */
let loads;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
  server.answer = () => undefined;
  loads = [];
});
afterEach(() => mock.timers.reset());

function replica() {
  const connection = connect(new Live({url: 'http://pado.example/live', topics: ['a'], transport: webSocket(server)}),
    {network: server.network, policy: fixed({every: 1_000})});
  return new Replica(connection, {
    load: () => new Promise((resolve, reject) => { loads.push({resolve, reject}); }),
    apply: (/** @type {number[]} */ numbers, event) => numbers.includes(event.data) ? numbers : [...numbers, event.data],
    policy: fixed({every: 1_000}),
  });
}

async function opens() {
  await settle();
  server.socket.opens();
  server.socket.says({type: 'welcome', heartbeat: 12, connectionId: 'c-1', roles: []});
}

/** @param {number} n */
function tells(n) {
  server.socket.says({type: 'event', id: `e-${n}`, topic: 'a', event: 'number', data: n});
}

test('the state is fetched once events can be heard, and what came meanwhile is applied to it', async () => {
  const numbers = replica();
  await settle();
  assert.equal(loads.length, 0);
  await opens();
  assert.equal(loads.length, 1);
  tells(2);
  tells(3);
  loads[0].resolve([1, 2]);
  await settle();
  tells(4);
  assert.equal(numbers.status, 'ready');
  assert.deepEqual(numbers.value, [1, 2, 3, 4]);
});

test('without a connection an old state is better than none, and is fetched again with one', async () => {
  const numbers = replica();
  await settle();
  server.socket.ends();
  await settle();
  loads[0].resolve([1]);
  await settle();
  assert.deepEqual(numbers.value, [1]);
  await pass(1_000);
  await opens();
  loads[1].resolve([1, 2]);
  await settle();
  assert.deepEqual(numbers.value, [1, 2]);
});

test('a reset fetches again, and a slow older answer does not count', async () => {
  const numbers = replica();
  await opens();
  server.socket.says({type: 'reset', reason: 'history'});
  loads[1].resolve([1, 2, 3]);
  await settle();
  loads[0].resolve([1]);
  await settle();
  assert.deepEqual(numbers.value, [1, 2, 3]);
});

test('a reconnect that resumes does not fetch again', async () => {
  replica();
  await opens();
  loads[0].resolve([1]);
  server.socket.ends();
  await pass(1_000);
  await opens();
  assert.equal(loads.length, 1);
});

test('what cannot be fetched is tried again, and the last known state stays', async () => {
  const numbers = replica();
  /** @type {string[]} */
  const told = [];
  numbers.on('change', ({status, value}) => told.push(`${status} ${value}`));
  await opens();
  loads[0].resolve([1]);
  await settle();
  server.socket.says({type: 'reset', reason: 'history'});
  loads[1].reject(new Error('away'));
  await settle();
  assert.equal(numbers.error.message, 'away');
  tells(2);
  await pass(1_000);
  loads[2].resolve([1, 2, 3]);
  await settle();
  assert.deepEqual(told, ['ready 1', 'failed 1', 'failed 1,2', 'ready 1,2,3']);
});

test('one that was stopped hears nothing more', async () => {
  const numbers = replica();
  await opens();
  numbers.stop();
  loads[0].resolve([1]);
  await settle();
  tells(2);
  assert.equal(numbers.value, undefined);
});

import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {applyOrderEvent, createOrderSocket, RELOAD_MESSAGE} from '../src/cafe.js';
import {webSocket} from '../src/index.js';
import {FakeServer, holdTime, pass, settle} from './fake-server.js';

/** @type {import('../src/cafe-events.js').Order} */
const ORDER = {orderId: 'ORD-1', dailyNum: 5, payType: 'CELL', cellInfo: {id: 1, name: '청년1셀'},
  items: [{menuName: '아메리카노', quantity: 2, totalPrice: 8_000}], totalAmount: 8_000, status: 'PENDING', createdAt: '2026-01-15T10:30:00Z'};

/** @type {FakeServer} */
let server;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
  server.answer = () => undefined;
});
afterEach(() => mock.timers.reset());

/** @param {any} [options] */
function orderSocket(options = {}) {
  return createOrderSocket({url: 'http://pado.example/ws', transport: webSocket(server), network: server.network, ...options});
}

/** @param {string} id */
const joined = (id, recovered = false) => ({
  event: 'joined', data: {connectionId: 'c-1', roles: [], recovered, gaps: [], epoch: 'e', heartbeat: 12}, id,
});

async function opens(id = 'e-1') {
  await settle();
  server.socket.opens();
  server.socket.says(joined(id));
}

test('tells each event by its name, and resumes in the address after the last one', async () => {
  const messages = /** @type {any[]} */ ([]);
  const socket = orderSocket({onMessage: (/** @type {any} */ message) => messages.push(message)});
  const numbers = /** @type {number[]} */ ([]);
  socket.on('order:created', order => numbers.push(order.dailyNum));
  await opens();
  assert.equal(server.socket.url, 'ws://pado.example/ws?last_event_id=');
  server.socket.says({event: 'order:created', data: ORDER, id: 'e-7'});
  server.socket.ends();
  await pass(5_000);
  assert.equal(server.socket.url, 'ws://pado.example/ws?last_event_id=e-7');
  server.socket.opens();
  server.socket.says(joined('e-7', true));
  server.socket.says({event: 'order:created', data: ORDER, id: 'e-7'});
  assert.deepEqual(numbers, [5]);
  assert.deepEqual(messages, [{event: 'order:created', data: ORDER, id: 'e-7'}]);
});

test('a client that heard nothing yet goes on from where it joined', async () => {
  orderSocket();
  await opens('e-4');
  server.socket.ends();
  await pass(5_000);
  assert.equal(server.socket.url, 'ws://pado.example/ws?last_event_id=e-4');
});

test('reconnects every 5 s, at most 5 times, then asks for a reload', async () => {
  const errors = /** @type {string[]} */ ([]);
  const socket = orderSocket({showError: (/** @type {string} */ text) => errors.push(text)});
  await opens();
  for (let attempt = 1; attempt <= 5; attempt++) {
    server.socket.ends();
    await settle();
    assert.equal(socket.connection.state.attempt, attempt);
    await pass(4_999);
    assert.equal(server.sockets.length, attempt);
    await pass(1);
    assert.equal(server.sockets.length, attempt + 1);
  }
  assert.deepEqual(errors, []);
  server.socket.ends();
  await pass(60_000);
  assert.deepEqual(errors, [RELOAD_MESSAGE.ko]);
  assert.equal(server.sockets.length, 6);
});

test('a success sets the counter back to zero', async () => {
  const socket = orderSocket();
  for (let i = 0; i < 20; i++) {
    await opens();
    server.socket.ends();
    await pass(5_000);
  }
  assert.equal(socket.connection.state.name, 'connecting');
});

test('errors, notices and unknown frames are no events', async () => {
  const socket = orderSocket({onMessage: () => assert.fail('no event')});
  const told = /** @type {string[]} */ ([]);
  socket.connection.on('problem', ({problem}) => told.push(problem.detail));
  socket.connection.on('notice', ({name}) => told.push(name));
  await opens();
  server.socket.says({event: 'error', data: {status: 400, detail: 'D'}});
  server.socket.says({event: 'degraded', data: {reason: 'feed-lost'}});
  server.socket.says({event: 'pong', data: {}});
  server.socket.says({data: 1});
  server.socket.says('not JSON');
  assert.deepEqual(told, ['D', 'degraded']);
});

test('orders only go forward, whatever order their events come in', () => {
  const making = {event: 'order:status_changed', data: {orderId: 'ORD-1', status: 'MAKING', updatedAt: '2026-01-15T10:35:00Z'}};
  const completed = {event: 'order:status_changed', data: {orderId: 'ORD-1', status: 'COMPLETED', updatedAt: '2026-01-15T10:40:00Z'}};
  const cancelled = {event: 'order:cancelled', data: {orderId: 'ORD-1', reason: '고객 요청', cancelledAt: '2026-01-15T10:45:00Z'}};
  const created = {event: 'order:created', data: ORDER};

  const [done] = [created, making, completed, making, created].reduce(applyOrderEvent, /** @type {any[]} */ ([]));
  assert.equal(done.status, 'COMPLETED');
  assert.deepEqual(done.completedAt, new Date('2026-01-15T10:40:00Z'));

  const [gone] = [created, cancelled, making].reduce(applyOrderEvent, /** @type {any[]} */ ([]));
  assert.equal(gone.status, 'CANCELLED');
  assert.deepEqual(gone.cancelledAt, new Date('2026-01-15T10:45:00Z'));
});

test('new orders come first, and what says nothing new changes nothing', () => {
  const second = {...ORDER, orderId: 'ORD-2'};
  const orders = applyOrderEvent([ORDER], {event: 'order:created', data: second});
  assert.deepEqual(orders.map(order => order.orderId), ['ORD-2', 'ORD-1']);
  assert.equal(applyOrderEvent(orders, {event: 'order:created', data: ORDER}), orders);
  assert.equal(applyOrderEvent(orders, {event: 'cell:balance_changed', data: {}}), orders);
  assert.equal(applyOrderEvent(orders, {event: 'order:cancelled', data: {orderId: 'other'}}), orders);
});

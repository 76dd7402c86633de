import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createElement} from 'react';
import {act, create} from 'react-test-renderer';
import {OrderProvider, useOrders} from '../src/react.js';
import {webSocket} from '../src/index.js';
import {FakeServer, settle} from './fake-server.js';

Object.assign(globalThis, {IS_REACT_ACT_ENVIRONMENT: true});

const ORDER = {orderId: 'ORD-2', dailyNum: 2, status: 'PENDING', items: []};

function Board() {
  const {orders, status, state} = useOrders();
  return `${state.name} ${status} ${orders.map(order => `${order.dailyNum}:${order.status}`)}`;
}

test('a provider opens one connection, gives the orders, and closes it with itself', async context => {
  const server = new FakeServer();
  const heard = /** @type {string[]} */ ([]);
  const options = /** @type {any} */ ({
    url: 'http://pado.example/ws', transport: webSocket(server), network: server.network,
    load: async () => [{...ORDER, orderId: 'ORD-1', dailyNum: 1}],
    onMessage: (/** @type {any} */ message) => heard.push(message.event),
  });
  const tree = create(createElement(OrderProvider, options, createElement(Board)));
  // A connection that stays open would keep a failed test from ending.
  context.after(() => act(() => tree.unmount()));
  await act(settle);
  assert.equal(tree.toJSON(), 'connecting loading ');

  await act(async () => {
    server.socket.opens();
    server.socket.says({event: 'joined', data: {heartbeat: 12, roles: []}, id: 'e-1'});
    server.socket.says({event: 'order:created', data: ORDER, id: 'e-2'});
    await settle();
    server.socket.says({event: 'order:status_changed', data: {orderId: 'ORD-1', status: 'MAKING'}, id: 'e-3'});
  });
  assert.equal(tree.toJSON(), 'open ready 2:PENDING,1:MAKING');
  assert.deepEqual(heard, ['order:created', 'order:status_changed']);

  act(() => tree.unmount());
  assert.equal(server.socket.closedWith, 1000);
  assert.equal(server.sockets.length, 1);
});

test('useOrders says what it needs', () => {
  const silent = console.error;
  console.error = () => { };
  try {
    assert.throws(() => act(() => { create(createElement(Board)); }), /needs an <OrderProvider>/);
  } finally {
    console.error = silent;
  }
});

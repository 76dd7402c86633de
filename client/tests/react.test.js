import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createElement, StrictMode} from 'react';
import {renderToString} from 'react-dom/server';
import {act, create} from 'react-test-renderer';
import {RELOAD_MESSAGE} from '../src/cafe.js';
import {connect, Stream, webSocket} from '../src/index.js';
import {OrderProvider, useConnectionState, useOrders} from '../src/react.js';
import {settle} from './fake-server.js';
import {passes, reach, server, shown} from './hooks.js';

const ORDER = {orderId: 'ORD-2', dailyNum: 2, status: 'PENDING', items: []};

function Board() {
  const {orders, status, state, error} = useOrders();
  return `${state.name} ${status} ${orders.map(order => `${order.dailyNum}:${order.status}`)}${error === null ? '' : ` ${error}`}`;
}

/** @param {any} options */
const Provided = options => createElement(OrderProvider, {
  url: 'http://pado.example/ws', transport: webSocket(server), network: server.network,
  load: async () => [{...ORDER, orderId: 'ORD-1', dailyNum: 1}], ...options,
}, createElement(Board));

for (const around of [undefined, StrictMode]) {
  test(`a provider opens one connection, gives the orders, and closes it with itself${around ? ', in StrictMode too' : ''}`, async () => {
    const heard = /** @type {string[]} */ ([]);
    const {text, unmount, rerender} = await shown(Provided, {onMessage: (/** @type {any} */ message) => heard.push(message.event)}, around);
    assert.equal(text(), 'connecting loading ');
    assert.equal(server.sockets.length, 1);
    await act(async () => {
      server.socket.opens();
      server.socket.says({event: 'joined', data: {heartbeat: 12, roles: []}, id: 'e-1'});
      server.socket.says({event: 'order:created', data: ORDER, id: 'e-2'});
      await settle();
      server.socket.says({event: 'order:status_changed', data: {orderId: 'ORD-1', status: 'MAKING'}, id: 'e-3'});
    });
    assert.equal(text(), 'open ready 2:PENDING,1:MAKING');
    await rerender({onMessage: (/** @type {any} */ message) => heard.push(`new ${message.event}`)});
    await act(async () => server.socket.says({event: 'order:status_changed', data: {orderId: 'ORD-2', status: 'MAKING'}, id: 'e-4'}));
    assert.deepEqual(heard, ['order:created', 'order:status_changed', 'new order:status_changed']);

    unmount();
    await passes(1_000);
    assert.deepEqual([server.socket.closedWith, server.sockets.length], [1000, 1]);
  });
}

test('after the last attempt a provider says what to do, once for the page and once for its caller', async () => {
  server.answer = () => undefined;
  const said = /** @type {string[]} */ ([]);
  const {text} = await shown(Provided, {showError: (/** @type {string} */ sentence) => said.push(sentence)});
  for (let i = 0; i <= 5; i++) {
    await act(async () => server.socket.ends());
    await passes(5_000);
  }
  assert.deepEqual([text(), said], [`closed ready 1:PENDING ${RELOAD_MESSAGE.ko}`, [RELOAD_MESSAGE.ko]]);
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

test('useConnectionState shows how any connection is; on the server, and without one, it is idle', async () => {
  const connection = connect(new Stream('http://pado.example/api/stream', {}, reach.transport), {network: server.network});
  const State = (/** @type {any} */ {of}) => useConnectionState(of).name;
  const {text, rerender} = await shown(State, /** @type {any} */ ({of: connection}));
  assert.equal(text(), 'connecting');
  await act(() => server.streams[0].says('id: e-1\ndata: {"type":"joined","topics":[]}\n\n'));
  assert.equal(text(), 'open');
  await rerender({of: null});
  assert.equal(text(), 'idle');
  assert.equal(renderToString(createElement(State, {of: connection})), 'idle');
  connection.close();
});

import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {CafeProtocol} from '../src/cafe.js';
import {NamedStream, webSocket} from '../src/index.js';
import {problem, settle} from './fake-server.js';
import {browser, event, joined, names, openOnServer, pass, server, several, tab, tokenOf} from './several-tabs.js';

test('six tabs have one connection, each hears each event once, and a tab that comes later begins now', async () => {
  const first = await tab();
  await server.streams[0].says(joined('e-1') + event(2));
  const others = await several(5);
  assert.equal(server.requests.length, 1);
  assert.deepEqual(names(), Array(6).fill('open'));
  await server.streams[0].says(event(3) + event(4));
  assert.deepEqual(first.heard, [2, 3, 4]);
  others.forEach(({heard, stream, told}) => assert.deepEqual([heard, stream.last, told], [[3, 4], 'e-4', [[false]]]));
});

test('tabs of different users share nothing, and neither do those whose user nobody knows', async () => {
  const mine = await tab({token: tokenOf('7')});
  const other = await tab({token: tokenOf('8')});
  const nobody = [await tab({token: null}), await tab({token: 'opaque'})];
  await pass(500);
  assert.equal(server.requests.length, 4);
  await server.streams[0].says(joined('e-1') + event(2));
  await server.streams[1].says(joined('e-1') + event(3));
  assert.deepEqual([mine.heard, other.heard, ...nobody.map(({heard}) => heard)], [[2], [3], [], []]);
  const given = [await tab({token: null, options: {user: 'guest'}}), await tab({token: null, options: {user: 'guest'}})];
  await pass(500);
  assert.equal(server.requests.length, 5);
  await server.streams[4].says(joined('e-1') + event(4));
  assert.deepEqual(given.map(({heard}) => heard), [[4], [4]]);
});

test('where there are no locks, or they are refused, each tab has its own line', async () => {
  const refused = {request: () => Promise.reject(new DOMException('no', 'SecurityError')), query: async () => ({})};
  const warn = mock.method(console, 'warn', () => { });
  const all = [await tab({options: {browser: {}}}), await tab({options: {browser: {...browser.tab(), BroadcastChannel: browser.tab().BroadcastChannel, locks: refused}}})];
  await pass(500);
  assert.equal(server.requests.length, 2);
  await server.streams[0].says(joined('e-1') + event(2));
  await server.streams[1].says(joined('e-1') + event(2));
  assert.deepEqual(all.map(({heard}) => heard), [[2], [2]]);
  assert.equal(warn.mock.callCount(), 1);
  warn.mock.restore();
});

test('a refusal reaches all tabs, and each comes back with a fresh token', async () => {
  server.answer = () => problem(401);
  /** @type {boolean[]} */
  const renewed = [];
  const source = (/** @type {{renew: boolean}} */ {renew}) => {
    renewed.push(renew);
    return tokenOf('7', String(renew));
  };
  await tab({source});
  server.answer = () => server.stream();
  await tab({source});
  await pass(3_000);
  assert.ok(renewed.includes(true));
  await server.streams[0].says(joined('e-1'));
  assert.deepEqual([names(), openOnServer()], [['open', 'open'], 1]);
});

test('a tab that comes later gets the whole state of a stream that has one', async () => {
  const protocol = (/** @type {any} */ transport) => new NamedStream('http://pado.example/api/presence/stream', {}, transport);
  const named = (/** @type {string} */ name, /** @type {object} */ data) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  await tab({protocol});
  await server.streams[0].says(named('connected', {user_id: 7}) + named('initial', {n: 1}) + named('heartbeat', {n: 2}) + named('status_change', {n: 3}));
  const later = await tab({protocol});
  await pass(500);
  await server.streams[0].says(named('status_change', {n: 4}));
  assert.deepEqual(later.heard, ['connected', 1, 3, 4]);
  for (let n = 0; n < 1_100; n++) {
    await server.streams[0].says(named('status_change', {n}));
  }
  const last = await tab({protocol});
  await pass(500);
  await server.streams[1].says(named('connected', {user_id: 7}) + named('initial', {n: 'again'}));
  assert.deepEqual(last.heard, ['connected', 'again']);
});

test('that the store is away is known to a tab that comes meanwhile', async () => {
  await tab();
  await server.streams[0].says(`${joined('e-1')}data: {"type":"degraded","reason":"feed-lost"}\n\n`);
  const later = await tab();
  await pass(500);
  assert.equal(later.connection.state.name, 'degraded');
  await server.streams[0].says('data: {"type":"recovered","reason":"feed-restored"}\n\n');
  assert.deepEqual(names(), ['open', 'open']);
});

test('a WebSocket can be shared too; what a tab says goes over the leader', async () => {
  const protocol = (/** @type {any} */ transport) => new CafeProtocol({url: 'http://pado.example/ws', transport});
  const options = {transport: webSocket(server)};
  const [first, second] = [await tab({protocol, options}), await tab({protocol, options})];
  await pass(500);
  server.socket.opens();
  server.socket.says({event: 'joined', data: {heartbeat: 12, recovered: false, gaps: []}, id: 'e-1'});
  server.socket.says({event: 'order:created', data: {n: 1}, id: 'e-2'});
  const third = await tab({protocol, options});
  await pass(500);
  server.socket.says({event: 'order:created', data: {n: 2}, id: 'e-3'});
  await settle();
  assert.deepEqual([first.heard, second.heard, third.heard, server.sockets.length], [[1, 2], [1, 2], [2], 1]);
  await pass(19_000);
  assert.ok(server.socket.sent.length >= 1);
  assert.deepEqual(server.socket.sent[0], {action: 'ping'});
});

test('the topics of /live are each tab\'s own', async () => {
  const {Live} = await import('../src/index.js');
  const protocol = (/** @type {any} */ transport) => new Live({url: 'http://pado.example/live', topics: ['a'], transport});
  const options = {transport: webSocket(server)};
  await tab({protocol, options});
  await tab({protocol, options});
  assert.equal(server.sockets.length, 2);
});

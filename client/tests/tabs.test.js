import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {connect, eventStream, NamedStream, Stream, webSocket} from '../src/index.js';
import {CafeProtocol} from '../src/cafe.js';
import {acrossTabs} from '../src/tabs.js';
import {FakeBrowser} from './fake-browser.js';
import {FakeServer, problem, settle} from './fake-server.js';

const tokenOf = (/** @type {string} */ sub, jti = '1') => `x.${Buffer.from(JSON.stringify({iss: 'i', sub, jti})).toString('base64url')}.y`;
const joined = (/** @type {string} */ id, more = {}) =>
  `id: ${id}\ndata: ${JSON.stringify({type: 'joined', topics: ['a'], recovered: false, gaps: [], connectionId: 'c-1', ...more})}\n\n`;
const event = (/** @type {number} */ n) => `id: e-${n}\ndata: ${JSON.stringify({type: 'event', topic: 'a', event: 'x', data: n})}\n\n`;

/** @type {FakeServer} */
let server;
/** @type {FakeBrowser} */
let browser;
/** @type {any[]} */
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
async function pass(milliseconds) {
  for (let left = milliseconds; left > 0; left -= 250) {
    await settle();
    mock.timers.tick(Math.min(left, 250));
  }
  await settle();
}

/** @param {{token?: string | null, protocol?: (transport: any) => any, options?: object, source?: any}} [given] */
async function tab({token = tokenOf('7'), protocol, options = {}, source} = {}) {
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
async function several(count) {
  const all = [];
  for (let i = 0; i < count; i++) {
    all.push(await tab());
  }
  await pass(500);
  return all;
}

const asked = (n = server.requests.length - 1) => server.requests[n].url.searchParams.get('last_event_id');
const names = () => tabs.map(({connection}) => connection.state.name);
const openOnServer = () => server.requests.filter(({init}) => !init.signal.aborted).length;

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

test('when the leader closes, crashes or loses its line, nobody misses anything or hears it twice', async () => {
  const all = await several(4);
  await server.streams[0].says(joined('e-1') + event(2));
  all[0].connection.close();
  await pass(500);
  assert.deepEqual([server.requests.length, asked(), openOnServer()], [2, 'e-2', 1]);
  await server.streams[1].says(joined('e-2', {recovered: true}) + event(3));

  all[1].of.crash();
  await pass(500);
  assert.deepEqual([server.requests.length, asked()], [3, 'e-3']);
  await server.streams[2].says(joined('e-3', {recovered: true}) + event(4));

  await server.streams[2].ends();
  assert.deepEqual([all[2].connection.state.name, all[3].connection.state.name], ['waiting', 'waiting']);
  await pass(2_000);
  assert.deepEqual([server.requests.length, asked()], [4, 'e-4']);
  await server.streams[3].says(joined('e-4', {recovered: true}) + event(5));
  assert.deepEqual(all.slice(2).map(({heard}) => heard), [[2, 3, 4, 5], [2, 3, 4, 5]]);
  assert.deepEqual([all[2].connection.state.name, all[3].connection.state.name], ['open', 'open']);
});

test('the place of a frozen leader is taken; when it wakes it gives up, and hears what it missed', async () => {
  const [leader, ...others] = await several(3);
  await server.streams[0].says(joined('e-1') + event(2));
  leader.of.freeze();
  await pass(9_000);
  assert.deepEqual([server.requests.length, asked()], [2, 'e-2']);
  await server.streams[1].says(joined('e-2', {recovered: true}) + event(3) + event(4));
  others.forEach(({heard}) => assert.deepEqual(heard, [2, 3, 4]));

  // What its own line had for it comes first.
  await server.streams[0].says(event(3));
  leader.of.wake();
  await pass(500);
  assert.equal(server.requests[0].init.signal.aborted, true);
  await server.streams[1].says(event(5));
  [leader, ...others].forEach(({heard}) => assert.deepEqual(heard, [2, 3, 4, 5]));
  assert.deepEqual([openOnServer(), new Set(names())], [1, new Set(['open'])]);
});

test('a leader that is told that it will be frozen leaves the lead at once, and comes back as a follower', async () => {
  const [leader, other] = await several(2);
  await server.streams[0].says(joined('e-1') + event(2));
  leader.of.page.dispatchEvent(new Event('freeze'));
  leader.of.freeze();
  await pass(500);
  assert.deepEqual([server.requests.length, asked(), openOnServer()], [2, 'e-2', 1]);
  await server.streams[1].says(joined('e-2', {recovered: true}) + event(3));
  leader.of.wake();
  leader.of.page.dispatchEvent(new Event('resume'));
  await pass(500);
  await server.streams[1].says(event(4));
  assert.deepEqual([leader.heard, other.heard, openOnServer()], [[2, 3, 4], [2, 3, 4], 1]);
});

test('a leader on which nothing happens is not taken for a frozen one', async () => {
  await several(3);
  await server.streams[0].says(joined('e-1'));
  for (let i = 0; i < 6; i++) {
    await pass(10_000);
    await server.streams[0].says(': hb\n');
  }
  assert.deepEqual([server.requests.length, names()], [1, ['open', 'open', 'open']]);
});

test('a frozen follower hears all that it missed once it wakes, and costs the others nothing', async () => {
  const [leader, frozen, other] = await several(3);
  await server.streams[0].says(joined('e-1') + event(2));
  frozen.of.freeze();
  for (let n = 3; n <= 10; n++) {
    await server.streams[0].says(event(n));
  }
  leader.connection.close();
  await pass(8_000);
  await server.streams[1].says(joined(String(asked(1)), {recovered: true}) + [10, 11].map(event).join(''));
  frozen.of.wake();
  await pass(500);
  assert.deepEqual(other.heard, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assert.deepEqual(frozen.heard, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test('who is further behind than the leader remembers has the line go back; the others hear nothing twice', async () => {
  const [leader] = await several(1);
  await server.streams[0].says(joined('e-50') + event(51));
  const behind = await tab({protocol: transport => {
    const stream = Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a'], transport});
    stream.last = 'e-10';
    return stream;
  }});
  await pass(500);
  assert.deepEqual([server.requests.length, asked(), server.requests[0].init.signal.aborted], [2, 'e-10', true]);
  await server.streams[1].says(joined('e-10', {recovered: true}) + [11, 51, 52].map(event).join(''));
  assert.deepEqual([behind.heard, leader.heard], [[11, 51, 52], [51, 52]]);
  assert.equal(leader.stream.last, 'e-52');
  await server.streams[1].says(': hb e-52\n');
  assert.deepEqual([names(), server.requests.length], [['open', 'open'], 2], 'and nobody takes anything for lost');
});

test('one that is lost in between is told as lost to all, and what is gone as gone', async () => {
  const all = await several(2);
  await server.streams[0].says(joined('e-1'));
  all[0].connection.close();
  await pass(500);
  await server.streams[1].says(`${joined('e-1', {gaps: ['a']})}data: {"type":"reset","reason":"history","topics":["a"]}\n\n`);
  assert.deepEqual(all[1].told, [[false], [false, 'a'], 'reset']);
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

test('the leader has the stream prolonged, nobody else', async () => {
  const posted = mock.method(globalThis, 'fetch', async () => new Response(null, {status: 204}));
  await several(3);
  await server.streams[0].says(`${joined('e-1')}data: {"type":"token_expiring","reason":"token"}\n\n`);
  assert.equal(posted.mock.callCount(), 1);
  posted.mock.restore();
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

test('people who look for a fault see which tab leads', async () => {
  const all = await several(2);
  const page = /** @type {any} */ (globalThis).pado;
  assert.deepEqual(page.tabs().map((/** @type {any} */ {role, lines}) => [role, lines]), [['follower', 1]], 'in a page there is one');
  all[0].connection.close();
  await pass(500);
  assert.equal(page.tabs()[0].role, 'leader');
});

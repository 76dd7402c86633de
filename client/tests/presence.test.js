import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {eventStream, fixed, PresenceManager} from '../src/index.js';
import {FakeServer, holdTime, pass, problem} from './fake-server.js';
import {sample} from './samples.js';

const URL = 'http://pado.example/api/presence/stream';
const [HELLO, INITIAL, CHANGE, REMOVED] = ['connected', 'initial', 'status_change', 'friend_removed'].map(name => sample(`system4/${name}`));

/** @type {FakeServer} */
let server;
/** @type {PresenceManager} */
let presence;
/** @type {any[]} */
let heard;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
  server.answer = () => server.stream();
  presence = manager('t');
});
afterEach(() => {
  presence.disconnect();
  mock.timers.reset();
});

/** @param {string | import('../src/state.js').TokenSource} token */
function manager(token) {
  const made = new PresenceManager(token, {url: URL, transport: eventStream(server), network: server.network, policy: fixed({every: 1_000})});
  heard = [];
  made.onPresenceChange((event, data) => heard.push([event, data]));
  return made;
}

/** @param {string} event @param {object} data */
const sse = (event, data) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
/** @param {string} text */
const says = text => /** @type {any} */ (server.streams.at(-1)).says(text);
const greets = () => says(sse('connected', HELLO) + sse('initial', INITIAL));
const names = () => heard.map(([name]) => name);

async function opened() {
  presence.connect();
  await pass(1);
  await greets();
}

test('nothing is opened before it is asked for', async () => {
  await pass(1);
  assert.equal(server.requests.length, 0);
  assert.deepEqual(presence.getAllStatuses(), {});
  assert.equal(presence.getStatus(7), null);
});

test('callbacks hear events by name, with the token in the header', async () => {
  await opened();
  assert.equal(server.requests[0].init.headers.Authorization, 'Bearer t');
  assert.equal(server.requests[0].url.search, '');
  await says(sse('heartbeat', sample('system4/heartbeat')) + ': hb\n\n' + sse('status_change', CHANGE) + sse('tomorrow', {}));
  assert.deepEqual(heard, [['connected', HELLO], ['initial', INITIAL], ['status_change', CHANGE]]);
  assert.deepEqual(presence.getStatus(7), CHANGE);
  assert.deepEqual(presence.getAllStatuses(), {...INITIAL, 7: CHANGE});
  assert.equal(presence.getStatus('constructor'), null);
});

test('a change that is not newer is dropped', async () => {
  await opened();
  await says(sse('status_change', INITIAL[7]) + sse('status_change', CHANGE) + sse('status_change', INITIAL[7]) + sse('status_change', CHANGE));
  assert.deepEqual(names(), ['connected', 'initial', 'status_change']);
  assert.deepEqual(presence.getStatus(7), CHANGE);
});

test('what all states that come once more have already is dropped behind them, and what is newer is not', async () => {
  await opened();
  const newer = {...CHANGE, version: CHANGE.version + 1, is_online: !CHANGE.is_online};
  await says(sse('initial', {...INITIAL, 7: CHANGE}) + sse('status_change', INITIAL[7]) + sse('status_change', CHANGE) + sse('status_change', newer));
  assert.deepEqual(names(), ['connected', 'initial', 'initial', 'status_change']);
  assert.deepEqual(presence.getStatus(7), newer);
});

test('states without a version, of another server, all count', async () => {
  await opened();
  const {version, ...online} = CHANGE;
  assert.ok(version > 0);
  await says(sse('status_change', online) + sse('status_change', {...online, is_online: true}));
  assert.equal(presence.getStatus(7)?.is_online, true);
  assert.equal(heard.length, 4);
});

test('all states that come once more replace what was known, also by older ones', async () => {
  await opened();
  await says(sse('status_change', CHANGE) + sse('initial', {7: INITIAL[7]}));
  assert.deepEqual(presence.getAllStatuses(), {7: INITIAL[7]});
});

test('who is no friend any more is gone, and comes back as a new friend', async () => {
  await opened();
  const tail = {user_id: 7, is_online: false, last_activity: null, last_seen: null, version: 0};
  await says(sse('friend_removed', REMOVED) + sse('status_change', tail));
  assert.deepEqual(heard.slice(2), [['friend_removed', REMOVED]]);
  assert.equal(presence.getStatus(7), null);
  await says(sse('status_change', tail));
  assert.deepEqual(presence.getStatus(7), tail, 'a new friend who never was online has version 0 too');
});

test('what was given out does not change', async () => {
  await opened();
  const before = presence.getAllStatuses();
  assert.equal(presence.getAllStatuses(), before);
  await says(sse('status_change', CHANGE));
  assert.deepEqual(before, INITIAL);
  assert.notEqual(presence.getAllStatuses(), before);
  assert.equal(presence.getAllStatuses()[8], before[8]);
});

test('after a loss it comes back with all states, and says so once', async () => {
  await opened();
  await server.streams[0].ends();
  assert.equal(presence.isConnected, false);
  assert.deepEqual(presence.getStatus(7), INITIAL[7]);
  server.answer = () => undefined;
  await pass(1_000);
  await pass(1_000);
  server.answer = () => server.stream();
  await pass(1_000);
  await says(sse('connected', HELLO) + sse('initial', {7: CHANGE}));
  assert.deepEqual(names(), ['connected', 'initial', 'error', 'connected', 'initial']);
  assert.deepEqual([heard[2][1].reason, heard[2][1].willRetry], ['lost', true]);
  assert.deepEqual(presence.getAllStatuses(), {7: CHANGE});
  assert.equal(presence.isConnected, true);
});

test('a store that is away is no loss', async () => {
  await opened();
  await says(sse('degraded', sample('system3/degraded')));
  assert.equal(presence.isConnected, true);
  assert.deepEqual(names(), ['connected', 'initial']);
});

test('if changes are missing it begins with all states again, at a time of its own', async () => {
  mock.method(Math, 'random', () => 0.5);
  await opened();
  await says(sse('reset', sample('system1/reset')));
  await pass(2_499);
  assert.equal(server.requests.length, 1);
  await pass(1);
  assert.equal(server.requests.length, 2);
  assert.equal(presence.isConnected, true);
  await greets();
  assert.deepEqual(names(), ['connected', 'initial', 'connected', 'initial']);
  mock.restoreAll();
});

test('a log that began anew and states that the server sends by itself open nothing', async () => {
  await opened();
  await says(sse('reset', {...sample('system1/reset'), reason: 'epoch'}));
  await says(sse('reset', sample('system1/reset')) + sse('initial', INITIAL));
  await pass(60_000 - 1);
  assert.equal(server.requests.filter(({url}) => url.pathname.endsWith('stream')).length, 1);
});

test('a request is told as it is', async () => {
  await opened();
  await says(sse('friend_request', sample('system4/friend_request')));
  assert.deepEqual(heard[2], ['friend_request', sample('system4/friend_request')]);
});

test('a refused token is the end; who can renew it goes on', async () => {
  server.answer = () => problem(401, {detail: 'Invalid token'});
  presence.connect();
  await pass(60_000);
  assert.equal(server.requests.length, 1);
  assert.deepEqual([heard[0][0], heard[0][1].message, heard[0][1].willRetry], ['error', 'Invalid token', false]);

  presence = manager(({renew}) => renew ? 'fresh' : 'old');
  server.answer = (_, {headers}) => headers.Authorization === 'Bearer fresh' ? server.stream() : problem(401);
  presence.connect();
  await pass(1_000);
  await greets();
  assert.equal(presence.isConnected, true);
});

test('a callback that is taken away hears nothing more, and a closed connection stays closed', async () => {
  const also = /** @type {string[]} */ ([]);
  const stop = presence.onPresenceChange(event => also.push(event));
  await opened();
  stop();
  await says(sse('status_change', CHANGE));
  assert.deepEqual(also, ['connected', 'initial']);
  presence.disconnect();
  await pass(60_000);
  assert.equal(server.requests.length, 1);
  assert.equal(server.requests[0].init.signal.aborted, true);
  assert.deepEqual(names(), ['connected', 'initial', 'status_change']);
});

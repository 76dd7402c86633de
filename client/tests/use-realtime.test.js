import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {createElement, StrictMode} from 'react';
import {act, create} from 'react-test-renderer';
import {eventStream} from '../src/index.js';
import {useRealtime} from '../src/react.js';
import {FakeServer, holdTime, pass, problem, settle} from './fake-server.js';
import {sample} from './samples.js';

Object.assign(globalThis, {IS_REACT_ACT_ENVIRONMENT: true});

const URL_OF_SERVER = 'http://pado.example/api/realtime/stream';
const HELLO = {connectionId: 'c-1', userId: 7, roles: ['customer'], timestamp: '2026-01-15T09:00:00.000Z'};

/** @type {FakeServer} */
let server;
/** @type {any[]} */
let heard;
/** @type {(() => void)[]} */
let unmounts;
/** @type {any} */
let common;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
  server.answer = () => server.stream();
  heard = [];
  unmounts = [];
  common = {url: URL_OF_SERVER, token: 't', transport: eventStream(server), network: server.network, ...callbacks('')};
});
afterEach(async () => {
  unmounts.forEach(unmount => unmount());
  await pass(1);
  mock.timers.reset();
});

/** @param {string} mark */
function callbacks(mark) {
  const note = (/** @type {string} */ name) => (/** @type {any} */ what) => heard.push([mark + name, what]);
  return {onMessage: note('message'), onBooking: note('booking'), onNotification: note('notification'), onConnected: note('connected'),
    onError: note('error')};
}

/** @param {any} options */
function Screen(options) {
  const state = useRealtime(options);
  return `${state.name} ${state.attempt} ${state.isConnected}`;
}

/**
 * @param {any} [options]
 * @param {any} [around]  an element around it
 */
async function shown(options = {}, around = undefined) {
  const element = (/** @type {any} */ given) => {
    const screen = createElement(Screen, {...common, ...given});
    return around === undefined ? screen : createElement(around, null, screen);
  };
  /** @type {any} */
  let tree;
  await act(async () => {
    tree = create(element(options));
    await pass(1);
  });
  unmounts.push(() => act(() => tree.unmount()));
  return {
    tree,
    text: () => tree.toJSON(),
    rerender: (/** @type {any} */ given) => act(async () => {
      tree.update(element(given));
      await pass(1);
    }),
  };
}

/**
 * @param {string} event
 * @param {object} data
 * @param {string} [id]
 */
const sse = (event, data, id) => `${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** @param {string} text */
const says = text => act(() => /** @type {any} */ (server.streams.at(-1)).says(text));
const greets = (id = 'e-1') => says(`retry: 1930\n${sse('connected', HELLO, id)}`);
const ends = () => act(() => /** @type {any} */ (server.streams.at(-1)).ends());
/** @param {number} milliseconds */
const passes = milliseconds => act(() => pass(milliseconds));
const names = () => heard.map(([name]) => name);
/** @param {number} n */
const lastEventIdOf = n => server.requests[n].url.searchParams.get('last_event_id');
const isAborted = (n = -1) => server.requests.at(n)?.init.signal.aborted;
/** @param {object} claims */
const jwt = claims => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;

test('named events go to their callbacks, once', async () => {
  const {text} = await shown();
  assert.equal(text(), 'connecting 0 false');
  assert.equal(server.requests[0].init.headers.Authorization, 'Bearer t');
  assert.equal(server.requests[0].url.search, '');
  await greets();
  assert.equal(text(), 'open 0 true');
  const message = sse('message', {id: 'm-1', content: 'hi'}, 'e-2');
  await says(message + message + ': hb e-2\n' + sse('booking', {bookingId: 'b', status: 'pending'}, 'e-3')
    + sse('notification', {id: 'n', title: 'T'}, 'e-4') + sse('tomorrow', {}, 'e-5'));
  assert.deepEqual(heard, [['connected', HELLO], ['message', {id: 'm-1', content: 'hi'}], ['booking', {bookingId: 'b', status: 'pending'}],
    ['notification', {id: 'n', title: 'T'}]]);
});

test('StrictMode opens one connection, and nothing is opened by rendering', async () => {
  /** @type {any} */
  let tree;
  act(() => {
    tree = create(createElement(StrictMode, null, createElement(Screen, common)));
  });
  unmounts.push(() => act(() => tree.unmount()));
  await passes(5);
  await greets();
  assert.equal(server.requests.length, 1);
  assert.equal(isAborted(), false);
  assert.deepEqual(names(), ['connected']);
});

test('other callbacks count at once, and open nothing', async () => {
  const {rerender} = await shown();
  await greets();
  await rerender(callbacks('new '));
  await says(sse('message', {id: 'm-1'}, 'e-2'));
  assert.deepEqual(names(), ['connected', 'new message']);
  assert.equal(server.requests.length, 1);
});

test('without a token, or disabled, nothing is open', async () => {
  for (const closed of [{token: ''}, {token: null}, {enabled: false}]) {
    const before = server.requests.length;
    const {rerender, text} = await shown(closed);
    assert.equal(text(), 'idle 0 false');
    assert.equal(server.requests.length, before);
    await rerender({});
    await greets();
    assert.equal(text(), 'open 0 true');
    await rerender(closed);
    assert.equal(text(), 'idle 0 false');
    assert.equal(isAborted(), true);
    assert.deepEqual(names(), ['connected'], 'closing by oneself is no error');
    heard = [];
  }
});

test('leaving the page closes it', async () => {
  const {tree} = await shown();
  await greets();
  act(() => tree.unmount());
  await passes(1);
  assert.equal(isAborted(), true);
  assert.equal(server.isListenedTo, false);
});

test('five attempts after 1, 2, 4, 8 and 16 s, then the page is told', async () => {
  const {text} = await shown();
  await greets();
  server.answer = () => undefined;
  await ends();
  for (const [n, seconds] of [1, 2, 4, 8, 16].entries()) {
    assert.equal(text(), `waiting ${n + 1} false`);
    await passes(seconds * 1_000 - 1);
    assert.equal(server.requests.length, n + 1);
    await passes(1);
    assert.equal(server.requests.length, n + 2);
  }
  assert.match(text(), /^closed/);
  await passes(120_000);
  assert.equal(server.requests.length, 6);
  assert.deepEqual(names(), ['connected', 'error', 'error'], 'attempts that fail alike are told once');
  const [lost, over] = heard.slice(1).map(([, error]) => error);
  assert.ok([lost, over].every(error => error instanceof Error));
  assert.deepEqual([lost.willRetry, over.willRetry, over.reason], [true, false, 'exhausted']);
  assert.match(over.message, /reload the page/);
});

test('a success sets the counter back to zero', async () => {
  const {text} = await shown();
  for (let i = 0; i < 8; i++) {
    server.answer = () => i % 2 === 0 ? server.stream() : undefined;
    await greets();
    assert.equal(text(), 'open 0 true');
    await ends();
    await passes(1_000);
    server.answer = () => server.stream();
    await passes(2_000);
  }
});

test('attempts without a network do not count', async () => {
  const {text} = await shown();
  await greets();
  server.answer = () => undefined;
  server.offline();
  await ends();
  for (let i = 0; i < 20; i++) {
    assert.equal(text(), 'offline 0 false');
    await passes(5_000);
  }
  assert.deepEqual(names(), ['connected', 'error']);
  server.answer = () => server.stream();
  await act(async () => {
    server.online();
    await settle();
  });
  await greets();
  assert.equal(text(), 'open 0 true');
});

test('a node that stops says so; the next one goes on where it was, and nobody is alarmed', async () => {
  const {text} = await shown();
  await greets();
  await says(sse('message', {id: 'm-1'}, 'e-7') + sse('closing', {reason: 'stopping', detail: 'D'}));
  await ends();
  await passes(1_000);
  assert.equal(lastEventIdOf(1), 'e-7');
  await says(sse('connected', HELLO, 'e-7') + sse('message', {id: 'm-2'}, 'e-8'));
  assert.equal(text(), 'open 0 true');
  assert.deepEqual(names(), ['connected', 'message', 'connected', 'message']);
});

test('what the server asks to wait is waited', async () => {
  server.answer = () => problem(429, {detail: 'Too many streams.'}, {'Retry-After': '3'});
  const {text} = await shown();
  assert.equal(text(), 'waiting 1 false');
  assert.deepEqual(heard.map(([name, error]) => [name, error.message, error.status, error.willRetry]), [['error', 'Too many streams.', 429, true]]);
  await passes(2_998);
  assert.equal(server.requests.length, 1);
  await passes(2);
  assert.equal(server.requests.length, 2);
});

test('a token that does not count is told once, and another one tried', async () => {
  server.answer = () => problem(401, {detail: 'Invalid token'});
  const {text, rerender} = await shown();
  assert.match(text(), /^closed/);
  assert.deepEqual(heard.map(([, error]) => [error.message, error.status, error.willRetry]), [['Invalid token', 401, false]]);
  server.answer = () => server.stream();
  await rerender({token: 'other'});
  await greets();
  assert.equal(text(), 'open 0 true');
  assert.equal(server.requests[1].init.headers.Authorization, 'Bearer other');
});

test('another token opens another connection: of the same user it goes on, of another one it begins anew', async () => {
  const [first, renewed, other] = [{iss: 'i', sub: '7', jti: '1'}, {iss: 'i', sub: '7', jti: '2'}, {iss: 'i', sub: '8'}].map(jwt);
  const {rerender} = await shown({token: first});
  await greets('e-1');
  await says(sse('message', {}, 'e-5') + sse('token_expiring', sample('system3/token_expiring')) + sse('closing', {reason: 'token-expired', detail: 'D'}));
  await ends();
  assert.equal(heard.at(-1)[1].willRetry, false);
  assert.match(heard.at(-1)[1].message, /log in again/);
  await rerender({token: renewed});
  assert.equal(lastEventIdOf(1), 'e-5');
  await greets('e-5');
  await rerender({token: other});
  assert.equal(isAborted(1), true);
  assert.equal(lastEventIdOf(2), null);
  assert.equal(server.requests.length, 3);
});

test('the server tells problems and lost rights on the line, which stays open', async () => {
  const {text} = await shown();
  await greets();
  await says(sse('error', sample('system3/problem')) + sse('rights_lost', sample('system3/rights_lost')) + sse('token_expiring', sample('system3/token_expiring')));
  assert.deepEqual(names(), ['connected', 'error', 'error']);
  const [told, lost] = heard.slice(1).map(([, error]) => error);
  assert.deepEqual([told.message, told.type, told.willRetry], [sample('system3/problem').detail, sample('system3/problem').type, true]);
  assert.deepEqual([lost.message, lost.reason], [sample('system3/rights_lost').detail, 'rights_lost']);
  assert.equal(text(), 'open 0 true');
});

test('a store that is away, and back, shows in the state', async () => {
  const {text} = await shown();
  await greets();
  await says(sse('degraded', sample('system3/degraded')));
  assert.equal(text(), 'degraded 0 true');
  await says(sse('recovered', sample('system3/recovered')));
  assert.equal(text(), 'open 0 true');
  assert.deepEqual(names(), ['connected']);
});

test('a reset reaches onReset, or onError without one', async () => {
  const {rerender} = await shown();
  await greets();
  await says(sse('reset', sample('system3/reset')));
  assert.equal(heard.at(-1)[0], 'error');
  assert.equal(heard.at(-1)[1].reason, 'reset');
  await rerender({onReset: (/** @type {any} */ notice) => heard.push(['reset', notice])});
  await says(sse('reset', sample('system3/reset')));
  const {reason, detail} = sample('system3/reset');
  assert.deepEqual(heard.at(-1), ['reset', {reason, detail}]);
  assert.equal(heard.length, 3);
});

test('screens with the same token share a connection', async () => {
  const first = await shown();
  await greets();
  const second = await shown(callbacks('2 '));
  assert.equal(server.requests.length, 1);
  assert.equal(second.text(), 'open 0 true');
  await says(sse('booking', {bookingId: 'b'}, 'e-2'));
  assert.deepEqual(names(), ['connected', '2 connected', 'booking', '2 booking']);
  act(() => first.tree.unmount());
  await passes(1);
  await says(sse('booking', {bookingId: 'b'}, 'e-3'));
  assert.deepEqual(names().slice(4), ['2 booking']);
  assert.equal(isAborted(), false);
  await shown({token: 'other'});
  assert.equal(server.requests.length, 2);
});

test('a screen that comes while it is waited tries no sooner; one that comes after the end tries again', async () => {
  await shown();
  await greets();
  server.answer = () => undefined;
  await ends();
  await shown();
  assert.equal(server.requests.length, 1);
  for (const seconds of [1, 2, 4, 8, 16]) {
    await passes(seconds * 1_000);
  }
  server.answer = () => server.stream();
  const last = await shown();
  await greets();
  assert.equal(last.text(), 'open 0 true');
  assert.equal(lastEventIdOf(6), 'e-1');
});

test('a callback that throws harms no other event', async context => {
  const thrown = /** @type {any[]} */ ([]);
  context.mock.method(globalThis, 'queueMicrotask', (/** @type {() => void} */ task) => {
    try {
      task();
    } catch (error) {
      thrown.push(error);
    }
  });
  await shown({onMessage: () => { throw new Error('mine'); }});
  await greets();
  await says(sse('message', {}, 'e-2') + sse('booking', {}, 'e-3'));
  assert.deepEqual(names(), ['connected', 'booking']);
  assert.equal(thrown.length, 1);
});

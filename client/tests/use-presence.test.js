import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {createElement, Fragment, memo, StrictMode} from 'react';
import {renderToString} from 'react-dom/server';
import {act, create} from 'react-test-renderer';
import {eventStream} from '../src/index.js';
import {usePresence} from '../src/react.js';
import {FakeServer, holdTime, pass} from './fake-server.js';
import {sample} from './samples.js';

Object.assign(globalThis, {IS_REACT_ACT_ENVIRONMENT: true});

const [HELLO, INITIAL, CHANGE, REMOVED] = ['connected', 'initial', 'status_change', 'friend_removed'].map(name => sample(`system4/${name}`));

/** @type {FakeServer} */
let server;
/**
 * What the hook needs to reach it.
 *
 * @type {{transport: import('../src/transport.js').Transport, network: import('../src/network.js').Network, url: string}}
 */
let reach;
/** @type {(() => void)[]} */
let unmounts;
/** Who was rendered. @type {string[]} */
let rendered;
/** What the hook gave last. @type {any} */
let given;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
  server.answer = () => server.stream();
  reach = {transport: eventStream(server), network: server.network, url: 'http://pado.example/api/presence/stream'};
  unmounts = [];
  rendered = [];
});
afterEach(async () => {
  unmounts.forEach(unmount => unmount());
  await passes(1_001);
  mock.timers.reset();
});

/** As the document's list has it. @param {{token: string | null}} props */
function FriendsList({token}) {
  given = usePresence(token, reach);
  rendered.push('list');
  return [given.isConnected ? 'on' : 'off', ...Object.values(given.presenceState).map(friend => `${friend.user_id}:${friend.is_online}`)].join(' ');
}

const Row = memo((/** @type {{token: string, id: string}} */ {token, id}) => {
  const {presenceState} = usePresence(token, {...reach, select: all => all[Number(id)]});
  rendered.push(id);
  return `${id}:${presenceState?.is_online} `;
});

/** @param {{token: string}} props */
function Rows({token}) {
  const {presenceState} = usePresence(token, {...reach, select: all => Object.keys(all)});
  rendered.push('rows');
  return createElement(Fragment, null, presenceState.map(id => createElement(Row, {key: id, token, id})));
}

/** @param {any} Screen @param {any} props @param {any} [around] */
async function shown(Screen, props, around = Fragment) {
  const element = (/** @type {any} */ now) => createElement(around, null, createElement(Screen, now));
  /** @type {any} */
  let tree;
  act(() => {
    // As createRoot does; only there StrictMode runs effects twice.
    tree = create(element(props), /** @type {any} */ ({unstable_isConcurrent: true}));
  });
  await passes(1);
  unmounts.push(() => act(() => tree.unmount()));
  return {
    tree,
    text: () => [tree.toJSON()].flat().join('').trim(),
    rerender: async (/** @type {any} */ now) => {
      act(() => tree.update(element(now)));
      await passes(1);
    },
  };
}

/** @param {string} event @param {object} data */
const sse = (event, data) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
/** @param {string} text @param {number} [n] */
const says = (text, n = server.streams.length - 1) => act(() => server.streams[n].says(text));
const greets = (initial = INITIAL) => says(sse('connected', HELLO) + sse('initial', initial));
/** @param {number} milliseconds */
const passes = milliseconds => act(() => pass(milliseconds));
/** @param {number} n */
const isAborted = n => server.requests[n].init.signal.aborted;
/** @param {object} claims */
const jwt = claims => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;

test('the list shows all friends, and each change', async () => {
  const {text} = await shown(FriendsList, {token: 't'});
  assert.equal(text(), 'off');
  await greets();
  assert.equal(text(), 'on 7:true 8:false');
  await says(sse('status_change', CHANGE));
  assert.equal(text(), 'on 7:false 8:false');
  await says(sse('status_change', INITIAL[7]));
  assert.equal(text(), 'on 7:false 8:false', 'an older state');
  await says(sse('friend_removed', REMOVED));
  assert.equal(text(), 'on 8:false');
});

test('StrictMode opens one connection', async () => {
  const {text} = await shown(FriendsList, {token: 't'}, StrictMode);
  await greets();
  await passes(2_000);
  assert.equal(server.requests.length, 1);
  assert.equal(isAborted(0), false);
  assert.equal(text(), 'on 7:true 8:false');
});

test('changes that come together are one rendering', async () => {
  await shown(FriendsList, {token: 't'});
  await greets();
  const before = rendered.length;
  await says([1, 2, 3].map(n => sse('status_change', {...CHANGE, version: CHANGE.version + n})).join(''));
  assert.equal(rendered.length, before + 1);
  assert.equal(given.presenceState[7].version, CHANGE.version + 3);
});

test('the change of one friend renders one row', async () => {
  const {text} = await shown(Rows, {token: 't'});
  await greets();
  assert.equal(text(), '7:true 8:false');
  assert.equal(server.requests.length, 1);
  rendered.length = 0;
  await says(sse('status_change', CHANGE));
  assert.deepEqual(rendered, ['7']);
  assert.equal(text(), '7:false 8:false');
  rendered.length = 0;
  await says(sse('initial', {...INITIAL, 7: CHANGE}));
  assert.deepEqual(rendered, [], 'the same states once more');
  await says(sse('status_change', {...CHANGE, user_id: 9}));
  assert.deepEqual(rendered, ['rows', '9']);
});

test('a lost connection shows, comes back, and keeps the states meanwhile', async () => {
  const {text} = await shown(FriendsList, {token: 't'});
  await greets();
  await act(() => server.streams[0].ends());
  assert.equal(text(), 'off 7:true 8:false');
  await passes(1_000);
  assert.equal(server.requests.length, 2);
  assert.equal(text(), 'off 7:true 8:false');
  await greets({7: CHANGE});
  assert.equal(text(), 'on 7:false');
});

test('disconnect closes it for all who share it, until there is another token', async () => {
  const {text, rerender} = await shown(FriendsList, {token: 't'});
  const other = await shown(Rows, {token: 't'});
  await greets();
  const {disconnect} = given;
  await act(async () => disconnect());
  assert.equal(isAborted(0), true);
  assert.equal(text(), 'off 7:true 8:false');
  await passes(60_000);
  assert.equal(server.requests.length, 1);
  act(() => other.tree.unmount());
  await rerender({token: 'another'});
  assert.equal(given.disconnect, disconnect);
  await greets({8: INITIAL[8]});
  assert.equal(text(), 'on 8:false');
});

test('without a token nothing is open, and nothing of the last user is shown', async () => {
  const {text, rerender} = await shown(FriendsList, {token: null});
  assert.equal(server.requests.length, 0);
  await rerender({token: 't'});
  await greets();
  await rerender({token: null});
  assert.equal(text(), 'off');
  await passes(1_000);
  assert.equal(isAborted(0), true);
});

test('a new token of the same user keeps what is shown; one of another user does not', async () => {
  const [first, renewed, other] = [{iss: 'i', sub: '7', jti: '1'}, {iss: 'i', sub: '7', jti: '2'}, {iss: 'i', sub: '8'}].map(jwt);
  const {text, rerender} = await shown(FriendsList, {token: first});
  await greets();
  await rerender({token: renewed});
  assert.equal(text(), 'off 7:true 8:false');
  await greets({7: CHANGE});
  assert.equal(text(), 'on 7:false');
  await rerender({token: other});
  assert.equal(text(), 'off');
  await passes(1_000);
  assert.deepEqual([isAborted(0), isAborted(1), isAborted(2)], [true, true, false]);
});

test('who leaves and comes back within a second finds it open', async () => {
  const first = await shown(FriendsList, {token: 't'});
  await greets();
  act(() => first.tree.unmount());
  await passes(500);
  const {text, tree} = await shown(FriendsList, {token: 't'});
  assert.equal(text(), 'on 7:true 8:false');
  await passes(2_000);
  assert.equal(isAborted(0), false);
  act(() => tree.unmount());
  await passes(1_000);
  assert.equal(isAborted(0), true);
});

test('on the server it is empty, and opens nothing', () => {
  assert.equal(renderToString(createElement(FriendsList, {token: 't'})), 'off');
  assert.equal(server.requests.length, 0);
});

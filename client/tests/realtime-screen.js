import {afterEach, beforeEach, mock} from 'node:test';
import {createElement, Fragment} from 'react';
import {act, create} from 'react-test-renderer';
import {eventStream} from '../src/index.js';
import {useRealtime} from '../src/react.js';
import {FakeServer, holdTime, pass} from './fake-server.js';
import {sample} from './samples.js';

Object.assign(globalThis, {IS_REACT_ACT_ENVIRONMENT: true});

export const HELLO = sample('system1/connected');

/** The server of the running test. @type {FakeServer} */
export let server;
/** What its screens were told: the callback's name, and with what. @type {any[]} */
export let heard;
/** What its screens give the hook. @type {any} */
export let common;
/** @type {(() => void)[]} */
let unmounts;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
  server.answer = () => server.stream();
  heard = [];
  unmounts = [];
  common = {url: 'http://pado.example/api/realtime/stream', token: 't', transport: eventStream(server), network: server.network,
    ...callbacks('')};
});
afterEach(async () => {
  unmounts.forEach(unmount => unmount());
  await passes(1_001);
  mock.timers.reset();
});

/** @param {string} mark */
export function callbacks(mark) {
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
 * Shows a screen until the end of the test.
 *
 * @param {any} [options]
 * @param {any} [around]  the element around it
 */
export async function shown(options = {}, around = Fragment) {
  const element = (/** @type {any} */ given) => createElement(around, null, createElement(Screen, {...common, ...given}));
  /** @type {any} */
  let tree;
  act(() => {
    // As createRoot does; only there StrictMode runs effects twice.
    tree = create(element(options), /** @type {any} */ ({unstable_isConcurrent: true}));
  });
  await passes(1);
  unmounts.push(() => act(() => tree.unmount()));
  return {
    tree,
    text: () => tree.toJSON(),
    rerender: async (/** @type {any} */ given) => {
      act(() => tree.update(element(given)));
      await passes(1);
    },
  };
}

/**
 * @param {string} event
 * @param {object} data
 * @param {string} [id]
 */
export const sse = (event, data, id) => `${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** @param {string} text */
export const says = text => act(() => /** @type {any} */ (server.streams.at(-1)).says(text));
export const greets = (id = 'e-1') => says(`retry: 1930\n${sse('connected', HELLO, id)}`);
export const ends = () => act(() => /** @type {any} */ (server.streams.at(-1)).ends());
/** @param {number} milliseconds */
export const passes = milliseconds => act(() => pass(milliseconds));
export const names = () => heard.map(([name]) => name);
/** @param {number} n */
export const lastEventIdOf = n => server.requests[n].url.searchParams.get('last_event_id');
export const isAborted = (n = -1) => server.requests.at(n)?.init.signal.aborted;
/** @param {object} claims */
export const jwt = claims => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;

import {afterEach, beforeEach, mock} from 'node:test';
import {createElement, Fragment} from 'react';
import {act, create} from 'react-test-renderer';
import {eventStream} from '../src/index.js';
import {FakeServer, holdTime, pass} from './fake-server.js';

Object.assign(globalThis, {IS_REACT_ACT_ENVIRONMENT: true});

/** The server of the running test. @type {FakeServer} */
export let server;
/** What its hooks need to reach it. @type {any} */
export let reach;
/** @type {(() => void)[]} */
let unmounts;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
  server.answer = () => server.stream();
  reach = {transport: eventStream(server), network: server.network, url: 'http://pado.example/sse/events'};
  unmounts = [];
});
afterEach(async () => {
  unmounts.forEach(unmount => unmount());
  await passes(1_001);
  mock.timers.reset();
});

/** @param {number} milliseconds */
export const passes = milliseconds => act(() => pass(milliseconds));

/**
 * Shows a component until the end of the test.
 *
 * @template Props
 * @param {(props: Props) => any} Screen
 * @param {Props} props
 * @param {any} [around]  the element around it
 */
export async function shown(Screen, props, around = Fragment) {
  const element = (/** @type {any} */ given) => createElement(around, null, createElement(/** @type {any} */ (Screen), given));
  /** @type {any} */
  let tree;
  act(() => {
    // As createRoot does; only there StrictMode runs effects twice.
    tree = create(element(props), /** @type {any} */ ({unstable_isConcurrent: true}));
  });
  await passes(1);
  unmounts.push(() => act(() => tree.unmount()));
  return {
    unmount: () => act(() => tree.unmount()),
    text: () => textOf(tree.toJSON()),
    json: () => tree.toJSON(),
    rerender: async (/** @type {Props} */ given) => {
      act(() => tree.update(element(given)));
      await passes(1);
    },
  };
}

/** @param {any} node @returns {string} */
function textOf(node) {
  return node === null ? '' : typeof node === 'string' ? node : Array.isArray(node) ? node.map(textOf).join('') : textOf(node.children ?? '');
}

/**
 * @param {object} event
 * @param {string} [id]
 */
export const frame = (event, id) => `${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(event)}\n\n`;
/** @param {string} text @param {number} [n]  of the stream; the newest one */
export const says = (text, n = server.streams.length - 1) => act(() => server.streams[n].says(text));

/** Lets a text be typed to its end. */
export async function types() {
  for (let frames = 0; frames < 40; frames++) {
    await passes(16);
  }
}

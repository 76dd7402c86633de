import assert from 'node:assert/strict';
import {test} from 'node:test';
import {eventStream} from '../src/index.js';

/** @param {Uint8Array[]} parts @returns {Promise<string[]>} what was received */
async function texts(parts) {
  const response = new Response(new ReadableStream({start: controller => {
    parts.forEach(part => controller.enqueue(part));
    controller.close();
  }}), {headers: {'Content-Type': 'text/event-stream'}});
  /** @type {string[]} */
  const received = [];
  await new Promise(resolve => eventStream({fetch: /** @type {any} */ (async () => response)}).open({url: new URL('http://pado.example/'), token: null}, {
    opened: () => { }, heard: () => { }, received: ({text}) => received.push(text), ended: resolve,
  }));
  return received;
}

const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);

test('standard: text is UTF-8, cut anywhere, also inside of a character', async () => {
  const all = bytes('\uFEFFdata:파도 🌊\n\ndata:é\n\n');
  for (let i = 0; i <= all.length; i++) {
    assert.deepEqual(await texts([all.slice(0, i), all.slice(i)]), ['파도 🌊', 'é'], `cut at ${i}`);
  }
});

test('standard: of two byte order marks the second one is text', async () => {
  assert.deepEqual(await texts([bytes('\uFEFF\uFEFFdata:1\n\ndata:2\n\n')]), ['2']);
});

test('standard: bytes that are no UTF-8 become U+FFFD, and end nothing', async () => {
  assert.deepEqual(await texts([bytes('data:a'), Uint8Array.of(0xff, 0xfe), bytes('b\n\ndata:c\n\n')]), ['a\uFFFD\uFFFDb', 'c']);
});

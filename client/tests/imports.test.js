import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {test} from 'node:test';

test('importing a part of the package opens nothing', async t => {
  /** @type {string[]} */
  const opened = [];
  const opens = (/** @type {string} */ name) => class {
    constructor() {
      opened.push(name);
    }
  };
  const before = {fetch: globalThis.fetch, WebSocket: globalThis.WebSocket, EventSource: globalThis.EventSource, setInterval: globalThis.setInterval};
  t.after(() => Object.assign(globalThis, before));
  Object.assign(globalThis, {
    fetch: () => opened.push('fetch'), setInterval: () => opened.push('setInterval'), WebSocket: opens('WebSocket'), EventSource: opens('EventSource'),
  });
  const {exports} = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));

  const parts = await Promise.all(Object.values(exports).map(each => import(new URL(`../${each.default}`, import.meta.url).href)));

  assert.ok(parts.length > 5 && parts.every(part => Object.keys(part).length > 0));
  assert.deepEqual(opened, []);
});

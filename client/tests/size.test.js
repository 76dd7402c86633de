import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {build} from 'esbuild';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));

/** @param {string[]} modules  what a page imports @returns {Promise<number>} the bytes of its bundle, minified and gzipped */
async function bytesOf(...modules) {
  const {outputFiles: [file]} = await build({
    stdin: {contents: modules.join(';'), resolveDir: SOURCE}, bundle: true, minify: true, write: false, format: 'esm', external: ['react'],
  });
  return gzipSync(file.contents, {level: 9}).length;
}

const all = (/** @type {string} */ file) => `export * from './${file}'`;
const others = ['index.js', 'cafe.js', 'ai.js', 'chat.js'].map(all);
const without = await bytesOf(...others);

/** @param {string} module @param {number} most */
async function adds(module, most) {
  const bytes = await bytesOf(...others, module) - without;
  assert.ok(bytes <= most, String(bytes));
}

test('the core has 8 KiB at most, minified and gzipped', async () => {
  const bytes = await bytesOf(all('index.js'));
  assert.ok(bytes <= 8 * 1_024, String(bytes));
});

for (const hooks of ['useRealtime', 'OrderProvider, useOrders', 'useSSE, useVoteSSE, useChatSSE, useAISSE', 'SSEVoteDisplay', 'AIResponseStream', 'usePresence',
  'useChatRoom', 'useConnectionState']) {
  test(`React: ${hooks} add 2 KiB at most`, () => adds(`export {${hooks}} from './react.js'`, 2 * 1_024));
}

test('all hooks and components of all systems together add 4.5 KiB at most', () => adds(all('react.js'), 4_608));

test('one connection for all tabs adds 3 KiB at most', () => adds(all('tabs.js'), 3 * 1_024));

test('a queue for what a page sends adds 1 KiB at most', () => adds(all('send.js'), 1_024));

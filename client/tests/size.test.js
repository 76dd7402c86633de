import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {build} from 'esbuild';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));

/**
 * @param {string} contents  of a module
 * @param {Set<string>} [without]  files that are there already
 */
async function bundled(contents, without = new Set()) {
  const {outputFiles: [file], metafile} = await build({
    stdin: {contents, resolveDir: SOURCE}, absWorkingDir: SOURCE, bundle: true, minify: true, write: false, metafile: true, format: 'esm',
    external: ['react'], outdir: '/',
    plugins: [{name: 'without', setup: building => building.onResolve({filter: /^\.\//},
      ({path}) => without.has(path.slice(2)) ? {path, external: true} : undefined)}],
  });
  return {bytes: gzipSync(file.contents, {level: 9}).length, files: Object.keys(metafile.inputs)};
}

const all = (/** @type {string} */ file) => `export * from './${file}'`;
const others = await Promise.all(['index.js', 'cafe.js', 'ai.js', 'chat.js'].map(file => bundled(all(file))));
const there = new Set(others.flatMap(({files}) => files));

test('the core has 8 KiB at most, minified and gzipped', () => {
  assert.ok(others[0].bytes <= 8 * 1_024, String(others[0].bytes));
});

for (const hooks of ['useRealtime', 'OrderProvider, useOrders', 'useSSE, useVoteSSE, useChatSSE, useAISSE', 'SSEVoteDisplay', 'AIResponseStream', 'usePresence',
  'useChatRoom', 'useConnectionState']) {
  test(`React: ${hooks} add 3 KiB at most`, async () => {
    const {bytes} = await bundled(`export {${hooks}} from './react.js'`, there);
    assert.ok(bytes <= 3 * 1_024, String(bytes));
  });
}

test('all hooks and components of all systems together add 6 KiB at most', async () => {
  const {bytes} = await bundled(all('react.js'), there);
  assert.ok(bytes <= 6 * 1_024, String(bytes));
});

test('what a page may add: one connection for all tabs, a queue for what it sends', async () => {
  const [tabs, send] = [await bundled(all('tabs.js'), there), await bundled(all('send.js'), there)];
  assert.ok(tabs.bytes <= 4 * 1_024 && send.bytes <= 1_536, `${tabs.bytes} ${send.bytes}`);
});

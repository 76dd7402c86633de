import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {build} from 'esbuild';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));

/**
 * @param {string} entry
 * @param {Set<string>} [without]  files that are there already
 */
async function bundled(entry, without = new Set()) {
  const {outputFiles: [file], metafile} = await build({
    entryPoints: [entry], absWorkingDir: SOURCE, bundle: true, minify: true, write: false, metafile: true, format: 'esm', external: ['react'], outdir: '/',
    plugins: [{name: 'without', setup: building => building.onResolve({filter: /^\.\//},
      ({path, kind}) => kind !== 'entry-point' && without.has(path.slice(2)) ? {path, external: true} : undefined)}],
  });
  return {bytes: gzipSync(file.contents, {level: 9}).length, files: Object.keys(metafile.inputs)};
}

test('the core has 8 KiB at most, minified and gzipped', async () => {
  assert.ok((await bundled('index.js')).bytes <= 8 * 1_024);
});

test('all hooks and components together add 6 KiB at most', async () => {
  const others = await Promise.all(['index.js', 'cafe.js', 'ai.js', 'chat.js'].map(entry => bundled(entry)));
  const react = await bundled('react.js', new Set(others.flatMap(({files}) => files)));
  assert.ok(react.bytes <= 6 * 1_024, String(react.bytes));
});

import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {basename, dirname, join, resolve} from 'node:path';

const ROOT = fileURLToPath(new URL('../../src/main/webapp', import.meta.url));
const WORDS = /^ {2}'([\w.-]+)': \[/gm;

/** @param {string} file */
const read = file => readFileSync(file, 'utf8');

/** @param {string} text @param {RegExp} pattern */
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);

/**
 * @param {string} file
 * @param {Set<string>} seen
 * @returns {Set<string>} the file, and all that it imports of the pages
 */
function imported(file, seen = new Set()) {
  if (!seen.has(file)) {
    seen.add(file);
    all(read(file), /^import (?:[^;]*? from )?'([^']+)';/gm).filter(path => !/^\/sdk\/|\/vendor\.js$/.test(path))
      .forEach(path => imported(path.startsWith('/') ? join(ROOT, path) : resolve(dirname(file), path), seen));
  }
  return seen;
}

const pages = readdirSync(ROOT, {recursive: true}).map(String).filter(file => basename(file) === 'index.html').map(file => join(ROOT, file));
const everywhere = new Set(readdirSync(ROOT, {recursive: true}).map(String).filter(file => /messages[\w-]*\.js$/.test(file))
  .flatMap(file => all(read(join(ROOT, file)), WORDS)));

test('each page has the words that it says, and none is said nowhere', () => {
  assert.ok(pages.length > 10 && everywhere.size > 300);
  const said = new Set();
  for (const page of pages) {
    const files = [page, ...all(read(page), /<script type="module" src="([^"]+)"/g).flatMap(script => [...imported(join(ROOT, script))])];
    const known = new Set(files.flatMap(file => all(read(file), WORDS)));
    for (const text of files.filter(file => !/messages[\w-]*\.js$/.test(file)).map(read)) {
      for (const word of all(text, /['"`]([\w.-]+)['"`]/g).filter(key => everywhere.has(key))) {
        assert.ok(known.has(word), `${page} does not know ${word}`);
        said.add(word);
      }
      for (const begin of all(text, /['`](\w+\.(?:\w+\.)?)(?:\$\{|')/g)) {
        [...everywhere].filter(key => key.startsWith(begin)).forEach(key => said.add(key));
        assert.ok(![...everywhere].some(key => key.startsWith(begin)) || [...known].some(key => key.startsWith(begin)), `${page} does not know ${begin}…`);
      }
    }
  }
  assert.deepEqual([...everywhere].filter(key => !said.has(key)), []);
});

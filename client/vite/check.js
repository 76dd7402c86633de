// Packs the client and uses it from an empty Vite project with React 19, by its README alone: builds each of its examples, checks them against the
// types, and renders them on the server. Then the tests of the hooks, which run with React 18 otherwise, with React 19. node vite/check.js
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const client = fileURLToPath(new URL('..', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'pado-vite-'));
const run = (program, args, cwd = project) => execFileSync(program, args, {cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']});
const write = (path, text) => {
  mkdirSync(join(project, path, '..'), {recursive: true});
  writeFileSync(join(project, path), text);
};

try {
  const [{filename, files}] = JSON.parse(run('npm', ['pack', '--json', '--silent', '--pack-destination', project], client).replace(/^[^[]*/s, ''));
  const packed = files.map(({path}) => path);
  for (const needed of ['README.md', 'LICENSE', 'CHANGELOG.md', 'src/index.js', 'dist/index.d.ts', 'dist/react.d.ts']) {
    assert.ok(packed.includes(needed), `${needed} is not packed`);
  }
  assert.deepEqual(packed.filter(path => /^(tests|compat|screens|vite)\//.test(path)), []);

  write('package.json', JSON.stringify({name: 'my-app', private: true, type: 'module'}));
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', `./${filename}`, 'react@19', 'react-dom@19', 'react-test-renderer@19', 'vite@7',
    '@vitejs/plugin-react@5', '@types/react@19', 'typescript@5']);
  const blocks = [...readFileSync(join(client, 'README.md'), 'utf8').matchAll(/```jsx?\n\/\/ (\S+?)(?:, system (\d))?\n(.*?)```/gs)];
  const examples = blocks.filter(([, , system]) => system !== undefined);
  assert.equal(examples.length, 5);
  for (const [, path, , code] of blocks.filter(([, , system]) => system === undefined)) {
    write(path, code);
    examples.forEach(([, , system]) => write(path.replace('src/', `src/${system}/`), code));
  }
  examples.forEach(([, path, system, code]) => write(path.replace('src/', `src/${system}/`), code));
  const apps = examples.map(([, , system]) => `import App${system} from './${system}/App.jsx';\n`).join('');
  const all = `[${examples.map(([, , system]) => `<App${system}/>`)}]`;
  write('index.html', '<!doctype html><div id="root"></div><script type="module" src="/src/main.jsx"></script>');
  write('src/main.jsx', `import {createRoot} from 'react-dom/client';\n${apps}createRoot(document.getElementById('root')).render(${all});\n`);
  write('src/server.jsx', `import {renderToString} from 'react-dom/server';\n${apps}export const all = () => ${all}.map(each => renderToString(each));\n`);
  write('tsconfig.json', JSON.stringify({compilerOptions: {allowJs: true, checkJs: true, noEmit: true, jsx: 'react-jsx', module: 'ESNext', target: 'ES2022',
    moduleResolution: 'bundler', lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: []}, include: ['src/*/App.jsx']}));

  run('npx', ['tsc']);
  run('npx', ['vite', 'build', '--logLevel', 'error']);
  run('npx', ['vite', 'build', '--logLevel', 'error', '--ssr', 'src/server.jsx', '--outDir', 'server']);
  const rendered = (await import(pathToFileURL(join(project, 'server/server.js')).href)).all();
  assert.ok(rendered.every(html => html.startsWith('<')), rendered.join('\n'));
  console.log(`${filename}: the README's ${examples.length} examples are built, fit the types, and are rendered on the server.`);

  cpSync(join(client, '../contract'), join(project, 'contract'), {recursive: true});
  ['src', 'tests'].forEach(folder => cpSync(join(client, folder), join(project, 'client', folder), {recursive: true}));
  const tests = readdirSync(join(client, 'tests')).filter(name => /^(use-.*|react)\.test\.js$/.test(name)).map(name => join('client/tests', name));
  console.log(run('node', ['--test', '--test-reporter=spec', ...tests]).match(/ℹ (tests|pass) \d+/g).join(', '), 'with React 19');
} finally {
  rmSync(project, {recursive: true});
}

// Serves the screens as a developer's server does: /api and /sse are Pado's, each other path is the page. Prints its address as one line.
// node serve.js http://host:port
import {createServer, request} from 'node:http';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const pado = process.argv[2];
const at = path => fileURLToPath(new URL(path, import.meta.url));
const {outputFiles: [script]} = await build({
  entryPoints: [at('main.jsx')], bundle: true, write: false, format: 'esm', jsx: 'automatic', define: {'process.env.NODE_ENV': '"development"'},
  // The client must get the same React as the page.
  alias: {'@/lib/hooks/useRealtime': at('../src/react.js'), 'react': at('node_modules/react'), 'react-dom': at('node_modules/react-dom')},
});
const page = '<!doctype html><html lang="ko"><meta charset="utf-8"><title>Pado</title><body><div id="root"></div>'
  + '<script type="module" src="/screens.js"></script></body></html>';
/** Streams that the page opened. */
let streams = 0;

function forward(incoming, answer) {
  streams += /^\/(api\/realtime\/stream|sse\/)/.test(incoming.url) ? 1 : 0;
  const {host, ...headers} = incoming.headers;
  const outgoing = request(new URL(incoming.url, pado), {method: incoming.method, headers}, from => {
    answer.writeHead(from.statusCode, from.headers);
    from.pipe(answer);
    from.on('close', () => answer.destroy());
  });
  outgoing.on('error', () => answer.headersSent ? answer.destroy() : answer.writeHead(502).end());
  answer.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}

function send(answer, type, body) {
  answer.writeHead(200, {'Content-Type': `${type}; charset=utf-8`}).end(body);
}

const server = createServer((incoming, answer) => {
  if (/^\/(api|sse)\//.test(incoming.url)) {
    forward(incoming, answer);
  } else if (incoming.url === '/screens.js') {
    send(answer, 'text/javascript', script.contents);
  } else if (incoming.url === '/streams') {
    send(answer, 'application/json', JSON.stringify({streams}));
  } else {
    send(answer, 'text/html', page);
  }
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
// The test ends this when it has seen enough.
process.stdin.resume().on('end', () => process.exit(0));

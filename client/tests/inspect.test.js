import assert from 'node:assert/strict';
import {test} from 'node:test';
import {connect, eventStream, inspect, Stream} from '../src/index.js';
import {FakeServer, settle} from './fake-server.js';

/** @param {string} path @param {FakeServer} server */
const opened = (path, server) => connect(new Stream(`http://pado.example${path}`, {}, eventStream(server)), {network: server.network});

test('people who look for a fault see what is open, what was told, and no token', async () => {
  assert.deepEqual(inspect(), []);
  const server = new FakeServer();
  server.answer = () => server.stream();
  const connection = opened('/api/stream?topic=a&token=secret&ticket=secret', server);
  await settle();
  await server.streams[0].says('id: e-1\ndata: {"type":"joined","topics":["a"],"refused":[{"topic":"b","problem":{"detail":"D"}}],"connectionId":"c-1"}\n\n'
    + 'id: e-2\ndata: {"type":"event","topic":"a","event":"x","data":1}\n\ndata: {"type":"reset","reason":"history","topics":["a"]}\n\n');
  assert.equal(/** @type {any} */ (globalThis).pado.inspect, inspect);
  const [report] = inspect();
  assert.equal(report.address, 'http://pado.example/api/stream?topic=a&last_event_id=e-2');
  assert.deepEqual([report.state.name, report.connectionId, report.events], ['open', 'c-1', 1]);
  assert.deepEqual({...report.lastEvent, at: 0}, {id: 'e-2', topic: 'a', event: 'x', at: 0});
  assert.deepEqual(report.log.map(({what, detail}) => `${what} ${detail ?? ''}`.trim()), ['connecting', 'open', 'problem b D', 'reset history a']);
  assert.doesNotMatch(JSON.stringify(inspect()), /secret/);

  connection.close();
  assert.deepEqual([inspect().length, inspect()[0].state.ending?.reason], [1, 'closed']);
  connection.open();
  assert.equal(inspect().at(-1)?.state.name, 'connecting');
  connection.close();
});

test('of what was closed the last few stay, and of each log the end', async () => {
  for (let i = 0; i < 9; i++) {
    opened(`/${i}`, new FakeServer()).close();
  }
  assert.deepEqual(inspect().map(({address}) => address.at(-1)), ['4', '5', '6', '7', '8']);
  const server = new FakeServer();
  server.answer = () => server.stream();
  const connection = opened('/x', server);
  await settle();
  await server.streams[0].says('id: e-1\ndata: {"type":"joined","topics":[]}\n\n' + 'data: {"type":"degraded","reason":"r"}\n\n'.repeat(50));
  assert.equal(inspect().at(-1)?.log.length, 30);
  connection.close();
});

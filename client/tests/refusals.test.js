import assert from 'node:assert/strict';
import {test} from 'node:test';
import {CafeProtocol} from '../src/cafe.js';
import {eventStream, Live, NamedStream, Stream, webSocket} from '../src/index.js';
import {pass, problem, settle} from './fake-server.js';
import {heard, server, sse, WELCOME} from './listening.js';
import {sample} from './samples.js';

test('a refused stream is final or not, as its status says', async () => {
  for (const [status, name] of /** @type {const} */ ([[400, 'closed'], [404, 'closed'], [429, 'waiting'], [503, 'waiting']])) {
    server.answer = () => problem(status);
    const {connection} = heard(Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a'], transport: eventStream(server)}));
    await settle();
    assert.equal(connection.state.name, name, String(status));
    assert.equal(connection.state.ending?.problem?.detail, 'D');
    connection.close();
  }
});

test('another answer in the place of the stream is no stream', async () => {
  server.answer = () => new Response('<html>', {headers: {'Content-Type': 'text/html'}});
  const {connection} = heard(Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a'], transport: eventStream(server)}));
  await settle();
  assert.equal(connection.state.name, 'waiting');
});

const SECRET = {type: 'urn:pado:problem:unauthorized', title: 'Unauthorized', status: 401, detail: 'Log in first.', retryable: false, errors: []};

/** @param {Live} live */
function refusals(live) {
  const {connection, events} = heard(live);
  /** @type {any[]} */
  const refused = [];
  connection.on('problem', ({topic, problem}) => refused.push([topic, problem.status]));
  const open = async () => {
    await pass(1_000);
    server.socket.opens();
    server.socket.says(WELCOME);
  };
  return {connection, events, refused, open};
}

test('a topic that may not be read costs the others nothing, is named, and is asked for again on the next line', async () => {
  const live = new Live({url: 'http://pado.example/live', topics: ['a', 'secret'], transport: webSocket(server)});
  const {connection, events, refused, open} = refusals(live);
  await open();
  server.socket.says({type: 'error', topic: 'secret', problem: SECRET});
  server.socket.says({type: 'joined', topics: ['a'], recovered: false, gaps: [], epoch: 'e', id: 'e-5'});
  server.socket.says({type: 'event', id: 'e-7', topic: 'a', event: 'x', data: 1});
  assert.equal(connection.state.name, 'open');
  assert.deepEqual(refused, [['secret', 401]]);
  assert.deepEqual([...live.refused.keys()], ['secret']);
  assert.deepEqual(events.map(event => event.event), ['x']);

  live.subscribe('secret', 'a');
  assert.deepEqual(server.socket.sent.at(-1), {type: 'subscribe', topics: ['secret']});
  assert.deepEqual([...live.refused.keys()], []);
  server.socket.says({type: 'error', topic: 'secret', problem: SECRET});
  connection.close();
  connection.open();
  await open();
  assert.deepEqual(server.socket.sent, [{type: 'resume', positions: {a: 'e-7'}}, {type: 'subscribe', topics: ['secret']}]);
});

test('rights that were lost and came back go on where they were', async () => {
  const live = new Live({url: 'http://pado.example/live', topics: ['a', 'secret'], transport: webSocket(server)});
  const {connection, open} = refusals(live);
  await open();
  server.socket.says({type: 'joined', topics: ['a'], recovered: false, gaps: [], epoch: 'e', id: 'e-5'});
  server.socket.says({type: 'joined', topics: ['secret'], recovered: false, gaps: [], epoch: 'e', id: 'e-6'});
  server.socket.ends();
  await open();
  server.socket.says({type: 'joined', topics: ['a'], recovered: true, gaps: [], epoch: 'e', id: 'e-5'});
  server.socket.says({type: 'error', topic: 'secret', problem: SECRET});
  server.socket.ends();
  await open();
  assert.deepEqual(server.socket.sent, [{type: 'resume', positions: {a: 'e-5', secret: 'e-6'}}]);
  server.socket.says({type: 'joined', topics: ['secret'], recovered: true, gaps: [], epoch: 'e', id: 'e-6'});
  assert.equal(connection.state.name, 'open');
  assert.equal(live.refused.size, 0);
});

test('rights that are lost on an open line are a refusal of those topics', async () => {
  const live = new Live({url: 'http://pado.example/live', topics: ['a', 'app:orders'], transport: webSocket(server)});
  const {connection, open} = refusals(live);
  /** @type {any[]} */
  const notices = [];
  connection.on('notice', ({name, topics}) => notices.push([name, topics]));
  await open();
  server.socket.says({type: 'joined', topics: ['a'], recovered: false, gaps: [], epoch: 'e', id: 'e-5'});
  server.socket.says({type: 'joined', topics: ['app:orders'], recovered: false, gaps: [], epoch: 'e', id: 'e-6'});
  server.socket.says(sample('system3/rights_lost'));
  assert.deepEqual(notices, [['rights_lost', ['app:orders']]]);
  assert.deepEqual([...live.refused.keys()], ['app:orders']);
  assert.equal(connection.state.name, 'open');
  live.subscribe('app:orders');
  assert.deepEqual(server.socket.sent.at(-1), {type: 'resume', positions: {'app:orders': 'e-6'}});
});

test('is not open on nothing: where no topic may be read, the line ends like a refused one', async () => {
  for (const [statuses, name] of /** @type {[number[], string][]} */ ([[[401, 403], 'closed'], [[403, 404], 'closed'], [[403, 503], 'waiting']])) {
    const live = new Live({url: 'http://pado.example/live', topics: ['s', 't'], transport: webSocket(server)});
    const {connection, refused, open} = refusals(live);
    await open();
    server.socket.says({type: 'error', topic: 's', problem: {...SECRET, status: statuses[0]}});
    assert.equal(connection.state.name, 'open');
    server.socket.says({type: 'error', topic: 't', problem: {...SECRET, status: statuses[1], retryable: statuses[1] === 503}});
    assert.equal(connection.state.name, name, String(statuses));
    assert.equal(connection.state.ending?.problem?.status, statuses.includes(401) ? 401 : statuses.includes(503) ? 503 : 403);
    assert.equal(refused.length, 2);
    connection.close();
  }
});

test('a topic that cannot be joined for the moment is asked for again', async () => {
  const live = new Live({url: 'http://pado.example/live', topics: ['a', 'b'], transport: webSocket(server)});
  const {connection, open} = refusals(live);
  await open();
  server.socket.says({type: 'joined', topics: ['a'], recovered: false, gaps: [], epoch: 'e', id: 'e-5'});
  server.socket.says({type: 'error', topic: 'b', problem: {...SECRET, status: 503, retryable: true}});
  assert.equal(connection.state.name, 'waiting');
  await open();
  assert.deepEqual(server.socket.sent, [{type: 'resume', positions: {a: 'e-5'}}, {type: 'subscribe', topics: ['b']}]);
});

test('a stream names the topics that it may not read, and goes on with the others', async () => {
  server.answer = () => server.stream();
  const {connection} = heard(Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a', 'secret'], transport: eventStream(server)}));
  /** @type {any[]} */
  const refused = [];
  connection.on('problem', ({topic, problem}) => refused.push([topic, problem.status]));
  await settle();
  assert.notEqual(server.requests[0].init.headers.Accept, 'text/event-stream');
  await server.streams[0].says(sse(sample('generic/joined-refused')));
  assert.deepEqual(refused, [['app:secret', 401]]);
  assert.equal(connection.state.name, 'open');
});

test('an address that cannot be right is said to be so', async () => {
  const page = () => new Response('<html>', {headers: {'Content-Type': 'text/html;charset=UTF-8'}});
  for (const [url, answer, name, reason] of /** @type {[string, () => Response, string, string][]} */ ([
    ['http://pado.example', page, 'closed', 'wrong-address'],
    ['http://pado.example/?x', () => new Response('<html>', {status: 404, headers: {'Content-Type': 'text/html'}}), 'closed', 'wrong-address'],
    ['http://pado.example/pado', page, 'waiting', 'refused'],
    ['http://pado.example/', () => new Response('', {status: 502}), 'waiting', 'refused'],
  ])) {
    server.answer = answer;
    for (const protocol of [Stream.ofTopics({url, topics: ['a'], transport: eventStream(server)}), new NamedStream(url, {}, eventStream(server)),
      new Live({url, topics: ['a'], transport: webSocket(server)}), new CafeProtocol({url, transport: webSocket(server)})]) {
      const {connection} = heard(protocol);
      await settle();
      server.sockets.at(-1)?.ends();
      await settle();
      assert.equal(connection.state.name, name, url);
      assert.equal(connection.state.ending?.reason, reason, url);
      assert.equal(connection.state.ending?.problem?.detail, connection.state.ending?.detail, 'what hooks tell too');
      assert.match(connection.state.ending?.detail ?? '', reason === 'refused' && url.endsWith('/') ? /502/ : /url must be the whole address/);
      connection.close();
    }
  }
});

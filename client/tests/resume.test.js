import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {connect, eventStream, fixed, Live, Stream, webSocket} from '../src/index.js';
import {FakeServer, holdTime, pass, problem, settle} from './fake-server.js';
import {sample} from './samples.js';

const WELCOME = sample('generic/welcome');
const NEVER_ENDING = fixed({every: 1_000});

/** @type {FakeServer} */
let server;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
});
afterEach(() => mock.timers.reset());

/** @param {import('../src/protocol.js').Protocol} protocol */
function heard(protocol) {
  const connection = connect(protocol, {network: server.network, policy: NEVER_ENDING});
  /** @type {any[]} */
  const events = [];
  connection.on('event', event => events.push(event));
  return {connection, events};
}

/** @param {object} frame */
const sse = frame => `id: ${/** @type {any} */ (frame).id ?? ''}\ndata: ${JSON.stringify(frame)}\n\n`;

test('each topic of /live resumes at its own place, and new ones begin', async () => {
  const live = new Live({url: 'http://pado.example/live', topics: ['a', 'b'], transport: webSocket(server)});
  const {events} = heard(live);
  await settle();
  server.socket.opens();
  server.socket.says(WELCOME);
  assert.deepEqual(server.socket.sent, [{type: 'subscribe', topics: ['a', 'b']}]);
  server.socket.says({type: 'joined', topics: ['a'], recovered: false, gaps: [], epoch: 'e', id: 'e-5'});
  server.socket.says({type: 'joined', topics: ['b'], recovered: false, gaps: [], epoch: 'e', id: 'e-5'});
  server.socket.says({type: 'event', id: 'e-7', topic: 'b', event: 'x', data: 1});
  live.subscribe('c');
  live.unsubscribe('a');
  assert.deepEqual(server.socket.sent.slice(1), [{type: 'subscribe', topics: ['c']}, {type: 'unsubscribe', topics: ['a']}]);
  server.socket.says({type: 'event', id: 'e-8', topic: 'a', event: 'late', data: 1});

  server.socket.ends();
  await pass(1_000);
  server.socket.opens();
  server.socket.says(WELCOME);
  assert.deepEqual(server.socket.sent, [{type: 'resume', positions: {b: 'e-7'}}, {type: 'subscribe', topics: ['c']}]);
  assert.deepEqual(events.map(event => event.event), ['x', 'late']);
});

test('an event is told once, whatever comes', async () => {
  const {events} = heard(new Live({url: 'http://pado.example/live', topics: ['a'], transport: webSocket(server)}));
  await settle();
  server.socket.opens();
  server.socket.says(WELCOME);
  const event = sample('generic/event');
  for (const text of ['', 'x', '[]', 'null', '3', '{"type":"tomorrow"}', JSON.stringify(event), JSON.stringify(event)]) {
    server.socket.says(text);
  }
  assert.deepEqual(events, [{kind: 'event', id: event.id, topic: event.topic, event: event.event, key: event.key, time: event.time,
    data: event.data}]);
});

test('a stream resumes all topics by one id', async () => {
  server.answer = () => server.stream();
  const {connection, events} = heard(
    Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a', 'b'], transport: eventStream(server)}));
  await settle();
  assert.equal(server.requests[0].url.search, '?topic=a&topic=b');
  const [stream] = server.streams;
  await stream.says('retry: 1700\n' + sse({...sample('generic/joined'), id: 'e-5'}));
  assert.equal(connection.state.name, 'open');
  await stream.says(sse({...sample('generic/event'), id: 'e-9'}) + ': hb\n\n');
  await stream.says(`data: ${JSON.stringify(sample('system3/lagged'))}\n\n`);
  assert.equal(events[0].topic, sample('generic/event').topic);

  await stream.ends();
  assert.equal(/** @type {number} */ (connection.state.retryAt) - Date.now(), 1_700);
  await pass(1_700);
  assert.equal(server.requests[1].url.search, '?topic=a&topic=b&last_event_id=e-9');
});

test('the channels of system 3 are topics', async () => {
  server.answer = () => server.stream();
  const {events} = heard(
    Stream.ofChannels({url: 'http://pado.example/sse/events', clientId: 'me', channels: ['votes'], transport: eventStream(server)}));
  await settle();
  assert.equal(server.requests[0].url.search, '?client_id=me&channels=votes');
  await server.streams[0].says(sse({...sample('system3/connection_ack'), id: 'e-1'}) + sse({...sample('system3/vote_update'), id: 'e-2'}));
  assert.deepEqual(events.map(({topic, event, id}) => ({topic, event, id})), [{topic: 'votes', event: 'vote_update', id: 'e-2'}]);
});

test('a reset is told as such', async () => {
  const {connection} = heard(new Live({url: 'http://pado.example/live', topics: ['a'], transport: webSocket(server)}));
  /** @type {any[]} */
  const resets = [];
  connection.on('reset', reset => resets.push(reset));
  await settle();
  server.socket.opens();
  server.socket.says(WELCOME);
  server.socket.says({...sample('system3/reset'), topics: ['a']});
  assert.deepEqual(resets.map(({reason, topics}) => ({reason, topics})), [{reason: 'history', topics: ['a']}]);
});

test('a heartbeat of a stream is a sign of life', async () => {
  server.answer = () => server.stream();
  const {connection} = heard(Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a'], transport: eventStream(server)}));
  await settle();
  await server.streams[0].says(sse({...sample('generic/joined'), id: 'e-5'}));
  for (let i = 0; i < 5; i++) {
    await pass(20_000);
    await server.streams[0].says(': hb\n\n');
  }
  assert.equal(connection.state.name, 'open');
  await pass(18_000);
  await pass(12_000);
  assert.equal(connection.state.ending?.reason, 'silent');
});

test('a stream that lost an event on the way resumes after the one before it', async () => {
  server.answer = () => server.stream();
  const {connection} = heard(Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a'], transport: eventStream(server)}));
  await settle();
  const [stream] = server.streams;
  await stream.says(sse({...sample('generic/joined'), id: 'e-5'}) + ': hb\n\n' + sse({...sample('generic/event'), id: 'e-9'}));
  for (const harmless of ['hb e-9', 'hb e-8', 'hb other-10', 'hb', 'later']) {
    await stream.says(`: ${harmless}\n\n`);
    assert.equal(connection.state.name, 'open', harmless);
  }
  await stream.says(': hb e-10\n\n');
  assert.equal(connection.state.ending?.reason, 'lost');
  await pass(1_000);
  assert.equal(server.requests[1].url.search, '?topic=a&last_event_id=e-9');
});

test('a line of /live that lost an event on the way resumes; what was left meanwhile is not missed', async () => {
  const live = new Live({url: 'http://pado.example/live', topics: ['a', 'b'], transport: webSocket(server)});
  const {connection} = heard(live);
  await settle();
  server.socket.opens();
  server.socket.says(WELCOME);
  server.socket.says({type: 'joined', topics: ['a', 'b'], recovered: false, gaps: [], epoch: 'e', id: 'e-5'});
  server.socket.says({type: 'event', id: 'e-9', topic: 'b', event: 'x', data: 1});
  live.unsubscribe('b');
  server.socket.says({...sample('generic/heartbeat'), id: 'e-9'});
  server.socket.says({type: 'heartbeat'});
  assert.equal(connection.state.name, 'open');
  server.socket.says({type: 'heartbeat', id: 'e-10'});
  assert.equal(connection.state.ending?.reason, 'lost');
  await pass(1_000);
  server.socket.opens();
  server.socket.says(WELCOME);
  assert.deepEqual(server.socket.sent, [{type: 'resume', positions: {a: 'e-5'}}]);
});

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

import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {eventStream, Live, Stream, webSocket} from '../src/index.js';
import {pass, settle} from './fake-server.js';
import {heard, server, sse, WELCOME} from './listening.js';
import {sample} from './samples.js';

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

test('a connection goes on over another transport where it was, and tells nothing twice', async () => {
  const live = new Live({url: 'http://pado.example/live', topics: ['a', 'b'], transport: webSocket(server)});
  const {connection, events} = heard(live);
  await settle();
  server.socket.opens();
  server.socket.says(WELCOME);
  for (const topic of ['a', 'b']) {
    server.socket.says({type: 'joined', topics: [topic], recovered: false, gaps: [], epoch: 'e', id: 'e-5'});
  }
  server.socket.says({type: 'event', id: 'e-7', topic: 'b', event: 'x', data: 1});
  assert.equal(live.last, 'e-5', 'of a something may have been on its way');

  server.answer = () => server.stream();
  const stream = Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a', 'b'], last: live.last, transport: eventStream(server)});
  connection.use(stream);
  await settle();
  assert.deepEqual([server.socket.closedWith, server.requests[0].url.searchParams.get('last_event_id'), connection.state.name], [1000, 'e-5', 'open']);
  await server.streams[0].says(sse({type: 'joined', topics: ['a', 'b'], recovered: true, gaps: [], id: 'e-5'})
    + sse({type: 'event', topic: 'a', event: 'y', id: 'e-6', data: 2}) + sse({type: 'event', topic: 'b', event: 'x', id: 'e-7', data: 1})
    + sse({type: 'event', topic: 'a', event: 'z', id: 'e-8', data: 3}));
  assert.deepEqual(events.map(event => event.event), ['x', 'y', 'z']);

  connection.use(new Live({url: 'http://pado.example/live', topics: ['a', 'b'], last: stream.last, transport: webSocket(server)}));
  await settle();
  server.socket.opens();
  server.socket.says(WELCOME);
  assert.deepEqual(server.socket.sent, [{type: 'resume', positions: {a: 'e-8', b: 'e-8'}}]);
  connection.close();
});

test('what concerns one topic says which: a reset, a gap, lost rights', async () => {
  server.answer = () => server.stream();
  const {connection} = heard(Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a', 'b'], last: 'e-1', transport: eventStream(server)}));
  /** @type {any[]} */
  const told = [];
  connection.on('joined', ({recovered, gaps}) => told.push(['joined', recovered, gaps]));
  connection.on('reset', ({reason, topics}) => told.push([reason, topics]));
  connection.on('notice', ({name, topics}) => name === 'rights_lost' && told.push([name, topics]));
  await settle();
  await server.streams[0].says(sse({type: 'joined', topics: ['a', 'b'], recovered: false, gaps: ['b'], id: 'e-1'})
    + 'data: {"type":"reset","reason":"history","topics":["b"]}\n\ndata: {"type":"rights_lost","reason":"rights","topics":["a"]}\n\n');
  assert.deepEqual(told, [['joined', false, ['b']], ['history', ['b']], ['rights_lost', ['a']]]);
  connection.close();
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
  await stream.says(sse({...sample('generic/event'), id: 'e-9'}) + ': hb\n');
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
    await server.streams[0].says(': hb\n');
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
  await stream.says(sse({...sample('generic/joined'), id: 'e-5'}) + ': hb\n' + sse({...sample('generic/event'), id: 'e-9'}));
  for (const harmless of ['hb e-9', 'hb e-8', 'hb other-10', 'hb', 'later']) {
    await stream.says(`: ${harmless}\n`);
    assert.equal(connection.state.name, 'open', harmless);
  }
  await stream.says(': hb e-10\n');
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

test('a stream that was silent while the computer slept is replaced within 5 s, without a pause', async () => {
  for (const [silence, within] of [[20_000, 2_000], [10_000, 3_000], [6_000, 4_000]]) {
    server.answer = () => server.stream();
    const {connection} = heard(Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a'], transport: eventStream(server)}));
    await settle();
    await /** @type {any} */ (server.streams.at(-1)).says(`retry: 1700\n${sse({...sample('generic/joined'), id: 'e-5'})}`);
    const before = server.requests.length;
    mock.timers.setTime(Date.now() + silence);
    server.visible();
    await pass(within - 1);
    assert.equal(server.requests.length, before, String(silence));
    await pass(1);
    assert.equal(server.requests.length, before + 1, String(silence));
    assert.equal(server.requests[before].url.searchParams.get('last_event_id'), 'e-5');
    connection.close();
  }
});

test('a stream that shows life after the computer slept, or did just before, goes on', async () => {
  server.answer = () => server.stream();
  const {connection} = heard(Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a'], transport: eventStream(server)}));
  await settle();
  await server.streams[0].says(sse({...sample('generic/joined'), id: 'e-5'}));
  await pass(4_000);
  server.visible();
  await pass(8_000);
  server.visible();
  await server.streams[0].says(': hb\n');
  await pass(10_000);
  assert.equal(connection.state.name, 'open');
  assert.equal(server.requests.length, 1);
});

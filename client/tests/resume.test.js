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

test('an address that cannot be right is said to be so', async () => {
  const page = () => new Response('<html>', {headers: {'Content-Type': 'text/html;charset=UTF-8'}});
  for (const [url, answer, name, reason] of /** @type {[string, () => Response, string, string][]} */ ([
    ['http://pado.example', page, 'closed', 'wrong-address'],
    ['http://pado.example/?x', () => new Response('<html>', {status: 404, headers: {'Content-Type': 'text/html'}}), 'closed', 'wrong-address'],
    ['http://pado.example/pado', page, 'waiting', 'refused'],
    ['http://pado.example/', () => new Response('', {status: 502}), 'waiting', 'refused'],
  ])) {
    server.answer = answer;
    for (const protocol of [Stream.ofTopics({url, topics: ['a'], transport: eventStream(server)}),
      new Live({url, topics: ['a'], transport: webSocket(server)})]) {
      const {connection} = heard(protocol);
      await settle();
      server.sockets.at(-1)?.ends();
      await settle();
      assert.equal(connection.state.name, name, url);
      assert.equal(connection.state.ending?.reason, reason, url);
      assert.match(connection.state.ending?.detail ?? '', reason === 'refused' && url.endsWith('/') ? /502/ : /url must be the whole address/);
      connection.close();
    }
  }
});

import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {connect, NamedStream, Stream} from '../src/index.js';
import {eventSource} from '../src/event-source.js';

/** A browser's EventSource, as its tests drive it. */
class Source extends EventTarget {
  /** @type {Source[]} */
  static all = [];
  readyState = 0;
  onopen = () => { };
  onerror = (/** @type {Event} */ _event) => { };
  #last = '';

  /** @param {URL} url */
  constructor(url) {
    super();
    this.url = url;
    Source.all.push(this);
  }

  opens() {
    this.readyState = 1;
    this.onopen();
  }

  /** @param {object} data @param {{name?: string, id?: string}} [message] */
  hears(data, {name = 'message', id = this.#last} = {}) {
    this.#last = id;
    const event = new MessageEvent(name, {data: JSON.stringify(data), lastEventId: id});
    name === 'error' ? this.onerror(event) : this.dispatchEvent(event);
  }

  breaks() {
    this.onerror(new Event('error'));
  }

  close() {
    this.readyState = 2;
  }
}

const latest = () => /** @type {Source} */ (Source.all.at(-1));
const transport = (/** @type {string[]} */ ...names) => eventSource({names, EventSource: /** @type {any} */ (Source)});

/** @type {import('../src/connection.js').Connection} */
let connection;
/** @type {string[]} */
let heard;

beforeEach(() => mock.timers.enable({apis: ['setTimeout', 'setInterval', 'Date']}));
afterEach(() => {
  connection.close();
  mock.timers.reset();
  Source.all = [];
});

/** @param {import('../src/protocol.js').Protocol} protocol */
async function open(protocol) {
  heard = [];
  connection = connect(protocol, {token: () => 'secret', policy: {settled: 0, delay: () => 0}});
  connection.on('event', ({id, event}) => heard.push(`${event} ${id ?? '-'}`));
  await mayRun();
  latest().opens();
}

/** Lets what waits for a promise go on. */
const mayRun = () => new Promise(resolve => { setImmediate(resolve); });

test('the token travels in the query, and the line goes on from the last id after a loss', async () => {
  await open(Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a'], transport: transport()}));
  assert.equal(latest().url.searchParams.get('token'), 'secret');
  latest().hears({type: 'joined', topics: ['a'], recovered: true, gaps: []});
  assert.equal(connection.state.name, 'open');
  latest().hears({type: 'event', topic: 'a', event: 'x', data: 1}, {id: '1-5'});
  const first = latest();
  first.breaks();
  assert.equal(first.readyState, 2);
  mock.timers.tick(1);
  await mayRun();
  assert.notEqual(latest(), first);
  assert.equal(latest().url.searchParams.get('last_event_id'), '1-5');
  assert.deepEqual(heard, ['x 1-5']);
});

test('a notice after an event is no event, though an EventSource shows the id before', async () => {
  await open(Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a'], transport: transport()}));
  latest().hears({type: 'joined', topics: ['a'], recovered: true, gaps: []});
  latest().hears({type: 'event', topic: 'a', event: 'x', data: 1}, {id: '1-5'});
  latest().hears({type: 'degraded', reason: 'feed-lost', detail: 'away'});
  assert.equal(connection.state.name, 'degraded');
  assert.deepEqual(heard, ['x 1-5']);
});

test('events with names are heard if they are listed, and the one called error is no loss', async () => {
  await open(new NamedStream('http://pado.example/api/presence/stream', {}, transport('connected', 'status_change')));
  /** @type {any[]} */
  const problems = [];
  connection.on('problem', ({problem}) => problems.push(problem));
  latest().hears({connectionId: 'c', userId: 7, roles: []}, {name: 'connected'});
  latest().hears({user_id: 8}, {name: 'status_change', id: '1-6'});
  latest().hears({status: 404, detail: 'gone'}, {name: 'error'});
  assert.deepEqual(heard, ['connected -', 'status_change 1-6']);
  assert.equal(problems[0].detail, 'gone');
  assert.equal(Source.all.length, 1);
});

test('an open line is not given up for its silence', async () => {
  await open(Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a'], transport: transport()}));
  latest().hears({type: 'joined', topics: ['a'], recovered: true, gaps: []});
  for (let second = 0; second < 300; second++) {
    mock.timers.tick(1_000);
  }
  await mayRun();
  assert.equal(connection.state.name, 'open');
  assert.equal(Source.all.length, 1);
});

import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {Channels, eventStream} from '../src/index.js';
import {FakeServer, holdTime, pass} from './fake-server.js';
import {sample} from './samples.js';

/** @type {FakeServer} */
let server;
/** @type {Channels} */
let channels;
/** @type {string[]} */
let heard;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
  server.answer = () => server.stream();
  heard = [];
});
afterEach(() => {
  channels.connection.close();
  mock.timers.reset();
});

/** @param {string[]} [names] */
async function open(names) {
  channels = new Channels({clientId: 'me', channels: names, url: 'http://pado.example/sse/events', transport: eventStream(server), network: server.network});
  channels.connection.on('event', ({frame, id}) => heard.push(`${frame.channel} ${id}`));
  channels.connection.open();
  await pass(1);
}

/**
 * @param {string} id
 * @param {object} event
 */
const frame = (id, event) => `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`;
/** @param {string} id */
const ack = id => frame(id, sample('system3/connection_ack'));
/** @param {string} id */
const vote = id => frame(id, sample('system3/vote_update'));
/** @param {string} id */
const chat = id => frame(id, sample('system3/chat_message'));
/** @param {number} n */
const asked = n => Object.fromEntries(server.requests[n].url.searchParams);

test('unnamed events come whole, and a line that was lost goes on', async () => {
  await open();
  assert.deepEqual(asked(0), {client_id: 'me', channels: 'votes,chat,ai'});
  /** @type {any[]} */
  const events = [];
  channels.connection.on('event', event => events.push(event));
  await server.streams[0].says(ack('e-1') + frame('e-2', sample('system3/ai_response')));
  assert.deepEqual([events[0].event, events[0].frame, events[0].data], ['ai_response', sample('system3/ai_response'), sample('system3/ai_response').data]);
  await server.streams[0].ends();
  await pass(2_000);
  assert.equal(asked(1).last_event_id, 'e-2');
});

test('a channel that is added begins now; of the others nothing is lost or repeated', async () => {
  await open(['votes']);
  await server.streams[0].says(ack('e-1') + vote('e-10'));
  channels.change(['votes', 'chat']);
  await pass(1);
  assert.deepEqual(asked(1), {client_id: 'me', channels: 'chat'}, 'asks for now');
  await server.streams[0].says(vote('e-30'));
  await server.streams[1].says(ack('e-20'));
  await pass(1);
  assert.equal(server.requests[1].init.signal.aborted, true);
  assert.equal(server.requests[0].init.signal.aborted, true);
  assert.deepEqual(asked(2), {client_id: 'me', channels: 'votes,chat', last_event_id: 'e-20'});
  assert.equal(channels.connection.state.name, 'open', 'nobody sees it');
  await server.streams[2].says(ack('e-20') + chat('e-25') + vote('e-30') + vote('e-31'));
  assert.deepEqual(heard, ['votes e-10', 'votes e-30', 'chat e-25', 'votes e-31']);
});

test('what was said on a channel before it was added is not told, and what the others missed is', async () => {
  await open(['votes']);
  await server.streams[0].says(ack('e-1'));
  channels.change(['votes', 'chat']);
  await pass(1);
  await server.streams[1].says(ack('e-20'));
  await pass(1);
  assert.equal(asked(2).last_event_id, 'e-1');
  await server.streams[2].says(ack('e-1') + chat('e-5') + vote('e-6') + chat('e-20') + chat('f-3') + chat('e-21'));
  assert.deepEqual(heard, ['votes e-6', 'chat f-3', 'chat e-21']);
});

test('of several changes the last one counts', async () => {
  await open(['votes']);
  await server.streams[0].says(ack('e-1'));
  channels.change(['votes', 'chat']);
  await pass(1);
  channels.change(['ai']);
  await pass(1);
  await server.streams[1].says(ack('e-2'));
  await server.streams[2].says(ack('e-3'));
  await pass(1);
  assert.deepEqual([server.requests.length, asked(3)], [4, {client_id: 'me', channels: 'ai', last_event_id: 'e-1'}]);
});

test('a change while there is no line counts for the next one', async () => {
  await open(['votes', 'chat']);
  await server.streams[0].says(ack('e-1'));
  await server.streams[0].ends();
  channels.change(['chat']);
  assert.equal(server.requests.length, 1);
  await pass(2_000);
  assert.deepEqual(asked(1), {client_id: 'me', channels: 'chat', last_event_id: 'e-1'});
});

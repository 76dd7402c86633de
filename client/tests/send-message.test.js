import assert from 'node:assert/strict';
import {test} from 'node:test';
import {handleSSEStream, sendMessage} from '../src/chat.js';
import {FakeServer, problem} from './fake-server.js';
import {sample} from './samples.js';

const encoder = new TextEncoder();
const answer = ['user_message', 'text_chunk', 'exp_updated', 'complete'].map(name => sample(`system5/${name}`));
const stream = answer.map((event, n) => `id: e-${n}\ndata: ${JSON.stringify(event)}\n\n`).join('') + ': hb e-3\ndata: [DONE]\n\n';

/**
 * @param {Uint8Array} bytes
 * @param {number} size  of each part
 */
function cut(bytes, size) {
  const parts = Array.from({length: Math.ceil(bytes.length / size)}, (_, n) => bytes.slice(n * size, (n + 1) * size));
  return new Response(new ReadableStream({
    pull: controller => {
      const part = parts.shift();
      part === undefined ? controller.close() : controller.enqueue(part);
    },
  }));
}

test('an answer is read to its [DONE], wherever the network cut it', async () => {
  for (const line of ['\n', '\r\n']) {
    const bytes = encoder.encode(stream.replaceAll('\n', line));
    for (const size of [1, 2, 3, 7, 64, bytes.length]) {
      /** @type {any[]} */
      const heard = [];
      const result = await handleSSEStream(cut(bytes, size), event => heard.push(event));
      assert.deepEqual(heard, answer);
      assert.deepEqual(result, {isDone: true, lastEventId: 'e-3'});
    }
  }
});

test('each type has its handler, and one that throws harms no other', async context => {
  context.mock.method(globalThis, 'queueMicrotask', () => { });
  /** @type {string[]} */
  const heard = [];
  await handleSSEStream(cut(encoder.encode(stream), 5), {
    user_message: ({content}) => { heard.push(content); throw new Error('mine'); },
    text_chunk: ({content}) => heard.push(content),
    other: ({type}) => heard.push(type),
  });
  assert.deepEqual(heard, [answer[0].content, answer[1].content, 'exp_updated', 'complete']);
});

test('a stream that breaks off says where', async () => {
  const broken = new Response(new ReadableStream({start: controller => {
    controller.enqueue(encoder.encode(stream.slice(0, stream.indexOf('id: e-2'))));
    setTimeout(() => controller.error(new TypeError('network')), 1);
  }}));
  const {isDone, lastEventId, error} = await handleSSEStream(broken);
  assert.deepEqual([isDone, lastEventId, String(error)], [false, 'e-1', 'TypeError: network']);
  assert.equal((await handleSSEStream(new Response(null))).isDone, false);
  assert.equal((await handleSSEStream(new Response('data: [DONE]'))).isDone, true, 'without its last line break');
});

test('after [DONE] nothing is waited for', async () => {
  const open = new Response(new ReadableStream({start: controller => controller.enqueue(encoder.encode(stream))}));
  assert.equal((await handleSSEStream(open)).isDone, true);
});

test('a message is sent as its document has it', async () => {
  const server = new FakeServer();
  server.answer = () => new Response(stream);
  const response = await sendMessage('r/1', '안녕', '손님', 't', {key: 'k', fetch: server.fetch});
  assert.equal((await handleSSEStream(response)).isDone, true);
  const [{url, init}] = server.requests;
  assert.equal(String(url), '/api/chat/rooms/r%2F1/send');
  assert.deepEqual(JSON.parse(init.body), {message: '안녕', userName: '손님'});
  assert.deepEqual([init.headers.Authorization, init.headers['Idempotency-Key'], init.headers['Content-Type']], ['Bearer t', 'k', 'application/json']);
});

test('a refusal is thrown with its problem, after one try with a fresh token', async () => {
  const server = new FakeServer();
  server.answer = (_, init) => init.headers.Authorization === 'Bearer old' ? problem(401) : problem(409, {type: 'urn:pado:problem:room-busy', detail: 'busy'});
  const token = (/** @type {{renew: boolean}} */ {renew}) => renew ? 'new' : 'old';
  await assert.rejects(sendMessage('r', 'x', undefined, token, {fetch: server.fetch}), {message: 'busy', status: 409, type: 'urn:pado:problem:room-busy'});
  assert.equal(server.requests.length, 2);
});

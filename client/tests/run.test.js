import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {askAI, Run, runsUnderWay, stopRun} from '../src/ai.js';
import {FakeServer, holdTime, pass, problem} from './fake-server.js';
import {sample} from './samples.js';

/** @type {FakeServer} */
let server;
/** @type {any} */
let options;

beforeEach(() => {
  holdTime();
  server = new FakeServer();
  server.answer = () => server.stream();
  options = {server: 'http://pado.example', token: 't', fetch: server.fetch, network: server.network};
});
afterEach(() => mock.timers.reset());

/** @param {[object, string?][]} events */
const frames = (...events) => events.map(([event, id]) => `${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(event)}\n\n`).join('');
/**
 * @param {string} name
 * @param {object} [fields]
 */
const of5 = (name, fields = {}) => ({...sample(`system5/${name}`), ...fields});
/** @param {number} [n] */
const asked = (n = server.requests.length - 1) => `${server.requests[n].init.method ?? 'GET'} ${server.requests[n].url.pathname}${server.requests[n].url.search}`;

test('a send is read to its end, over a loss', async () => {
  const run = Run.ofSend('r', {message: '안녕', userName: '손님', key: 'k'}, options);
  await pass(1);
  assert.equal(asked(), 'POST /api/chat/rooms/r/send');
  assert.deepEqual(JSON.parse(server.requests[0].init.body), {message: '안녕', userName: '손님'});
  assert.equal(server.requests[0].init.headers['Idempotency-Key'], 'k');
  await server.streams[0].says(': run x\n\n' + frames([of5('user_message'), 'e-1'], [of5('status'), 'e-2']));
  const {runId} = of5('user_message');
  assert.deepEqual([run.view.runId, run.view.state], [runId, 'queued']);
  await server.streams[0].says(frames([of5('text_chunk', {content: '안'}), 'e-3']));
  await server.streams[0].ends();
  await pass(2_000);
  assert.equal(asked(), `GET /api/chat/runs/${runId}/stream?last_event_id=e-3`);
  await server.streams[1].says(frames([of5('text_chunk', {content: '안'}), 'e-3'], [of5('text_chunk', {content: '녕', index: 1}), 'e-4'],
    [of5('exp_updated'), 'e-5'], [of5('complete'), 'e-6']) + 'data: [DONE]\n\n');
  assert.deepEqual([run.view.state, run.view.text, run.isUnderWay], ['complete', '안녕', false]);
  await server.streams[1].ends();
  await pass(60_000);
  assert.equal(server.requests.length, 2, 'what has ended is not asked for again');
});

test('until anybody knows of it, a send is repeated as the same', async () => {
  server.answer = () => undefined;
  const run = Run.ofSend('r', {message: 'x', key: 'k'}, options);
  await pass(3_000);
  server.answer = () => server.stream();
  await pass(30_000);
  assert.ok(server.requests.length > 2);
  assert.ok(server.requests.every(({init}) => init.method === 'POST' && init.headers['Idempotency-Key'] === 'k'));
  await run.stop();
  assert.equal(String(server.requests.at(-1)?.url), 'http://pado.example/api/chat/rooms/r/stop');
  assert.equal(server.requests.at(-1)?.init.headers['Idempotency-Key'], 'k');
  run.close();
});

test('a reader that comes later gets the text so far, which takes the place of what it had', async () => {
  const run = Run.ofQuestion('r-1', {...options, clientId: 'me', token: null});
  await pass(1);
  assert.equal(asked(), 'GET /api/ai/runs/r-1/stream?client_id=me');
  const ai = (/** @type {object} */ fields) => ({...sample('system3/ai_response'), ...fields});
  await server.streams[0].says(frames([ai({content: '파도', replay: true})], [ai({content: '는'}), 'e-2']));
  assert.equal(run.view.text, '파도는');
  await server.streams[0].says(frames([{type: 'reset', reason: 'history'}]));
  assert.equal(asked(), 'GET /api/ai/runs/r-1/stream?client_id=me', 'begins anew');
  await server.streams[1].says(frames([ai({content: '파도는 바', replay: true})], [sample('system3/ai_complete'), 'e-9']));
  assert.deepEqual([run.view.text, run.view.state], [sample('system3/ai_complete').content, 'complete']);
});

test('ends that are no success say why, and keep the text', async () => {
  for (const [event, state, text, detail] of /** @type {[any, string, string, string | undefined][]} */ ([
    [sample('system3/ai_error'), 'failed', '파도는 ', sample('system3/ai_error').message],
    [of5('error'), 'failed', 'T', of5('error').message],
    [of5('timeout'), 'failed', 'T', of5('timeout').message],
    [of5('complete', {finishReason: 'stopped'}), 'stopped', 'T', undefined],
    [of5('complete', {finishReason: 'length'}), 'complete', 'T', undefined],
  ])) {
    const run = Run.ofRoom('r-1', options);
    await pass(1);
    await server.streams.at(-1)?.says(frames([of5('text_chunk', {content: 'T', replay: true})], [event]));
    assert.deepEqual([run.view.state, run.view.text, run.view.problem?.detail], [state, text, detail]);
  }
});

test('a refusal ends it, and what passes does not', async () => {
  server.answer = () => problem(503, {}, {'Retry-After': '1'});
  const run = Run.ofRoom('r-1', options);
  await pass(1);
  assert.equal(run.isUnderWay, true);
  server.answer = () => problem(404, {detail: 'There is no such answer.'});
  await pass(5_000);
  assert.deepEqual([run.view.state, run.view.problem?.detail], ['failed', 'There is no such answer.']);
});

test('a question, those under way, and a stop are asked for as they should be', async () => {
  const answers = [Response.json({runId: 'r-1'}, {status: 202}), Response.json([]), new Response(null, {status: 202}), new Response(null, {status: 202})];
  server.fetch = /** @type {any} */ (async (/** @type {string} */ url, /** @type {any} */ init) => {
    server.requests.push({url: new URL(url), init});
    return answers.shift();
  });
  const asker = {...options, fetch: server.fetch, token: undefined, clientId: 'a b'};
  assert.deepEqual(await askAI('왜?', {...asker, key: 'k'}), {runId: 'r-1'});
  assert.deepEqual(JSON.parse(server.requests[0].init.body), {question: '왜?', client_id: 'a b'});
  assert.equal(server.requests[0].init.headers['Idempotency-Key'], 'k');
  await runsUnderWay(asker);
  await stopRun('r-1', asker);
  await stopRun('r-1', {...options, fetch: server.fetch, isOfRoom: true});
  assert.deepEqual([0, 1, 2, 3].map(asked), ['POST /api/ai/chat', 'GET /api/ai/runs?client_id=a%20b', 'POST /api/ai/runs/r-1/stop?client_id=a%20b',
    'POST /api/chat/runs/r-1/stop']);
});

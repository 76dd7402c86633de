import assert from 'node:assert/strict';
import {test} from 'node:test';
import {resumingFetch} from '../src/ai.js';

const START = {type: 'start', messageId: 'r-1'};
const BEGIN = {type: 'text-start', id: 'text'};
/** @param {string} delta */
const text = delta => ({type: 'text-delta', id: 'text', delta});
const END = [{type: 'text-end', id: 'text'}, {type: 'finish'}];

/**
 * @param {[string, object[]][]} frames  id, and its chunks
 * @param {boolean} [isBroken]
 */
function stream(frames, isBroken = false) {
  const all = frames.map(([id, chunks]) => `id: ${id}\n${chunks.map(chunk => `data: ${JSON.stringify(chunk)}\n\n`).join('')}`).join(': hb e-1\n');
  const parts = [all.slice(0, 30), all.slice(30), isBroken ? null : 'data: [DONE]\n\n'];
  return new Response(new ReadableStream({pull: controller => {
    const part = parts.shift();
    part === undefined ? controller.close() : part === null ? controller.error(new TypeError('network')) : controller.enqueue(new TextEncoder().encode(part));
  }}), {headers: {'Content-Type': 'text/event-stream;charset=UTF-8', 'x-vercel-ai-ui-message-stream': 'v1'}});
}

/** @param {Response[]} answers */
function chat(...answers) {
  /** @type {(string | null)[]} */
  const last = [];
  const fetching = resumingFetch({fetch: /** @type {any} */ (async (/** @type {any} */ _, /** @type {any} */ init) => {
    last.push(new Headers(init.headers).get('Last-Event-ID'));
    return answers.shift();
  })});
  return {
    last,
    ask: () => fetching('/api/ai/ui/chat', {method: 'POST', body: JSON.stringify({id: 'c 1', messages: []})}),
    resume: () => fetching('/api/ai/ui/chat/c%201/stream', {headers: {Authorization: 'Bearer t'}}),
  };
}

/** @param {Promise<Response>} asked @returns {Promise<any[]>} the chunks, and at the end what went wrong */
async function read(asked) {
  let all = '';
  try {
    for await (const part of /** @type {any} */ ((await asked).body)) {
      all += new TextDecoder().decode(part);
    }
  } catch (error) {
    return [...chunks(all), String(error)];
  }
  return chunks(all);
}

/** @param {string} all */
const chunks = all => all.split('\n\n').slice(0, -1).map(line => line === 'data: [DONE]' ? 'DONE' : JSON.parse(line.replace('data: ', '')));

test('after a loss the stream goes on behind what the page has', async () => {
  const {ask, resume, last} = chat(stream([['e-1', [START, BEGIN, text('파도')]], ['e-2', [text('는 ')]]], true), stream([['e-3', [text('바람')]], ['e-4', END]]));
  assert.deepEqual(await read(ask()), [START, BEGIN, text('파도'), text('는 '), 'TypeError: network']);
  assert.deepEqual(await read(resume()), [BEGIN, text('바람'), ...END, 'DONE']);
  assert.deepEqual(last, [null, 'e-2']);
});

test('of a whole answer that comes instead, the page gets what it does not have', async () => {
  const {ask, resume} = chat(stream([['e-1', [START, BEGIN, text('파도')]]], true), stream([['e-3', [START, BEGIN, text('파도는 '), text('바람')]], ['e-4', END]]));
  await read(ask());
  assert.deepEqual(await read(resume()), [START, BEGIN, text('는 '), text('바람'), ...END, 'DONE']);
});

test('a page that lost nothing gets the whole answer', async () => {
  const whole = () => stream([['e-1', [START, BEGIN, text('A')]], ['e-2', END]]);
  const {ask, resume, last} = chat(whole(), whole(), new Response(null, {status: 204}));
  await read(ask());
  assert.deepEqual(await read(resume()), [START, BEGIN, text('A'), ...END, 'DONE']);
  assert.equal((await resume()).status, 204);
  assert.deepEqual(last, [null, null, null]);
});

test('other answers pass as they are', async () => {
  const refusal = Response.json({detail: 'no'}, {status: 503});
  const {ask} = chat(refusal);
  assert.equal(await ask(), refusal);
});

import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {ChatRoom} from '../src/chat.js';
import {FakeServer, holdTime, pass, problem} from './fake-server.js';
import {sample} from './samples.js';

/** @type {FakeServer} */
let server;
/** What the server has stored. @type {any[]} */
let stored;
/** @type {any[]} */
let underWay;
/** @type {ChatRoom} */
let room;

const AT = sample('system5/user_message').timestamp;
const LATER = '2026-11-29T10:15:35.000Z';
/**
 * @param {string} id
 * @param {object} fields
 */
const message = (id, fields) => ({...sample('system1/message'), id, roomId: 'r', createdAt: AT, ...fields});
/**
 * @param {string} name
 * @param {object} [fields]
 */
const event = (name, fields = {}) => ({...sample(`system5/${name}`), ...fields});
/** @param {object[]} events */
const frames = (...events) => events.map(each => `data: ${JSON.stringify(each)}\n\n`).join('');
const said = (n = server.streams.length - 1) => (/** @type {object[]} */ ...events) => server.streams[n].says(frames(...events));
const texts = () => room.view.messages.map(({content}) => content);
const posts = () => server.requests.filter(({init}) => init.method === 'POST');

beforeEach(async () => {
  holdTime();
  server = new FakeServer();
  stored = [message('1', {content: 'earlier', createdAt: '2026-11-29T10:00:00.000Z'})];
  underWay = [];
  server.answer = url => {
    const path = String(url);
    return path.endsWith('/messages') ? Response.json({items: [...stored].reverse(), next: 'n'}) : path.endsWith('/runs') ? Response.json(underWay)
      : path.includes('cursor=n') ? Response.json({items: [message('0', {content: 'oldest', createdAt: '2026-11-28T10:00:00.000Z'})]}) : server.stream();
  };
  room = new ChatRoom('r', {server: 'http://pado.example', token: 't', userName: '손님', fetch: server.fetch, network: server.network});
});
afterEach(() => {
  room.close();
  mock.timers.reset();
});

test('a message is pending, then said, and its answer is typed and kept once', async () => {
  await room.open();
  assert.deepEqual([room.view.status, texts(), room.view.hasMore], ['ready', ['earlier'], true]);
  assert.equal(room.send('  '), '');
  room.send('안녕');
  await pass(1);
  assert.deepEqual([room.view.sendings.map(({content, state}) => [content, state]), room.view.isAnswering], [[['안녕', 'pending']], true]);
  await said()(event('user_message', {messageId: '2', content: '안녕'}));
  assert.deepEqual([texts(), room.view.sendings, room.view.answers[0].text], [['earlier', '안녕'], [], '']);
  await said()(event('text_chunk', {content: '반가'}), event('text_chunk', {content: '워요'}));
  assert.deepEqual([room.view.answers[0].state, room.view.answers[0].text], ['streaming', '반가워요']);
  const answer = message('3', {senderType: 'ai', senderId: null, content: '반가워요', createdAt: LATER});
  room.hear(answer);
  room.hear({...answer, id: 'x', roomId: 'other'});
  assert.deepEqual(texts(), ['earlier', '안녕'], 'not beside what is being typed');
  stored.push(message('2', {content: '안녕'}), answer);
  await said()(event('exp_updated'), event('complete'));
  assert.deepEqual([texts(), room.view.answers, room.view.isAnswering], [['earlier', '안녕', '반가워요'], [], false]);
  assert.deepEqual(room.view.intimacies, {1: {exp: 120, level: 2, increase: 10}});
  assert.equal(room.view.messages.at(-1)?.id, '3');
});

test('an answer stays while its message cannot be fetched', async () => {
  await room.open();
  room.send('x');
  await pass(1);
  const answer = server.answer;
  server.answer = () => problem(503);
  await said()(event('user_message', {messageId: '2', content: 'x'}), event('text_chunk', {content: 'A'}), event('complete'));
  assert.deepEqual([texts(), room.view.status, room.view.problem.status], [['earlier', 'x', 'A'], 'failed', 503]);
  server.answer = answer;
  stored.push(message('3', {senderType: 'ai', content: 'A', createdAt: LATER}));
  await room.refresh();
  assert.deepEqual([texts(), room.view.status], [['earlier', 'x', 'A'], 'ready']);
});

test('the same answer twice is two messages', async () => {
  await room.open();
  for (const n of ['1', '2']) {
    const at = `2026-11-29T10:15:3${n}.000Z`;
    room.send('x');
    await pass(1);
    stored.push(message(`a${n}`, {senderType: 'ai', content: 'same', createdAt: at}));
    await said()(event('user_message', {messageId: `q${n}`, content: 'x', timestamp: at}), event('text_chunk', {content: 'same'}), event('complete'));
  }
  assert.deepEqual(texts(), ['earlier', 'same', 'x', 'same', 'x']);
});

test('characters of a group answer one after the other, each once', async () => {
  await room.open();
  room.send('모두 안녕');
  await pass(1);
  stored.push(message('3', {senderType: 'ai', content: '하나', createdAt: LATER}));
  await said()(event('user_message', {messageId: '2', content: '모두 안녕'}), event('ai_response', {content: '하나'}));
  assert.deepEqual(texts(), ['earlier', '모두 안녕', '하나']);
  stored.push(message('4', {senderType: 'ai', content: '둘', createdAt: LATER}));
  await said()(event('ai_response', {content: '둘', timestamp: LATER}), event('timeout'));
  assert.deepEqual(texts(), ['earlier', '모두 안녕', '하나', '둘']);
  assert.deepEqual(room.view.answers.map(({state, problem: why}) => [state, why?.detail]), [['failed', event('timeout').message]]);
  room.send('again');
  await pass(1);
  assert.deepEqual(room.view.answers, []);
});

test('a page that was loaded again goes on reading, and can stop', async () => {
  underWay = [{runId: 'u-1', state: 'streaming', opened: AT, text: 'ab'}];
  await room.open();
  await pass(1);
  assert.equal(server.requests.at(-1)?.url.pathname, '/api/chat/runs/u-1/stream');
  await said()(event('text_chunk', {content: 'ab', replay: true}), event('text_chunk', {content: 'c'}));
  assert.deepEqual([room.view.answers[0].text, room.view.isAnswering], ['abc', true]);
  await room.stop();
  assert.equal(String(posts().at(-1)?.url), 'http://pado.example/api/chat/runs/u-1/stop');
});

test('a run that is found before its own send knows its name is shown once', async () => {
  await room.open();
  room.send('x');
  await pass(1);
  underWay = [{runId: event('user_message').runId, state: 'waiting', opened: AT, text: ''}];
  await room.open();
  await pass(1);
  await said(0)(event('user_message', {messageId: '2', content: 'x'}), event('text_chunk', {content: 'A'}));
  await said(1)(event('text_chunk', {content: 'A', replay: true}));
  assert.deepEqual(room.view.answers.map(({text}) => text), ['A']);
  assert.equal(server.requests.at(-1)?.init.signal.aborted, true);
});

test('what was refused can be sent again, as the same', async () => {
  await room.open();
  const answer = server.answer;
  server.answer = (url, init) => init.method === 'POST' ? problem(409, {type: 'urn:pado:problem:room-busy', detail: 'busy'}) : answer?.(url, init);
  const key = room.send('x', {whenBusy: 'reject'});
  await pass(1);
  assert.deepEqual(room.view.sendings.map(({state, problem: why}) => [state, why?.detail]), [['failed', 'busy']]);
  server.answer = answer;
  room.retry(key);
  await pass(1);
  await said()(event('user_message', {messageId: '2', content: 'x'}));
  assert.deepEqual([room.view.sendings, texts()], [[], ['earlier', 'x']]);
  const [first, second] = posts().map(({init}) => [init.body, init.headers['Idempotency-Key']]);
  assert.deepEqual(first, second);
});

test('older messages come when they are asked for', async () => {
  await room.open();
  await room.more();
  assert.deepEqual([texts(), room.view.hasMore], [['oldest', 'earlier'], false]);
});

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {act} from 'react-test-renderer';
import {problem, settle} from './fake-server.js';
import {ends, greets, heard, HELLO, lastEventIdOf, names, passes, says, server, shown, sse} from './realtime-screen.js';

test('five attempts after 1, 2, 4, 8 and 16 s, then the page is told', async () => {
  const {text} = await shown();
  await greets();
  server.answer = () => undefined;
  await ends();
  for (const [n, seconds] of [1, 2, 4, 8, 16].entries()) {
    assert.equal(text(), `waiting ${n + 1} false`);
    await passes(seconds * 1_000 - 1);
    assert.equal(server.requests.length, n + 1);
    await passes(1);
    assert.equal(server.requests.length, n + 2);
  }
  assert.match(text(), /^closed/);
  await passes(120_000);
  assert.equal(server.requests.length, 6);
  assert.deepEqual(names(), ['connected', 'error', 'error'], 'attempts that fail alike are told once');
  const [lost, over] = heard.slice(1).map(([, error]) => error);
  assert.ok([lost, over].every(error => error instanceof Error));
  assert.deepEqual([lost.willRetry, over.willRetry, over.reason], [true, false, 'exhausted']);
  assert.match(over.message, /reload the page/);
});

test('a success sets the counter back to zero', async () => {
  const {text} = await shown();
  for (let i = 0; i < 8; i++) {
    server.answer = () => i % 2 === 0 ? server.stream() : undefined;
    await greets();
    assert.equal(text(), 'open 0 true');
    await ends();
    await passes(1_000);
    server.answer = () => server.stream();
    await passes(2_000);
  }
});

test('attempts without a network do not count', async () => {
  const {text} = await shown();
  await greets();
  server.answer = () => undefined;
  server.offline();
  await ends();
  for (let i = 0; i < 20; i++) {
    assert.equal(text(), 'offline 0 false');
    await passes(5_000);
  }
  assert.deepEqual(names(), ['connected', 'error']);
  server.answer = () => server.stream();
  await act(async () => {
    server.online();
    await settle();
  });
  await greets();
  assert.equal(text(), 'open 0 true');
});

test('looking at the page tries at once, and uses up no attempt', async () => {
  const {text} = await shown();
  await greets();
  server.answer = () => undefined;
  await ends();
  for (let i = 0; i < 20; i++) {
    await act(async () => {
      server.visible();
      await settle();
    });
  }
  assert.equal(server.requests.length, 21);
  assert.equal(text(), 'waiting 1 false');
  await passes(1_000);
  assert.equal(text(), 'waiting 2 false');
});

test('a node that stops says so; the next one goes on where it was, and nobody is alarmed', async () => {
  const {text} = await shown();
  await greets();
  await says(sse('message', {id: 'm-1'}, 'e-7') + sse('closing', {reason: 'stopping', detail: 'D'}));
  await ends();
  await passes(1_000);
  assert.equal(lastEventIdOf(1), 'e-7');
  await says(sse('connected', HELLO, 'e-7') + sse('message', {id: 'm-2'}, 'e-8'));
  assert.equal(text(), 'open 0 true');
  assert.deepEqual(names(), ['connected', 'message', 'connected', 'message']);
});

test('what the server asks to wait is waited', async () => {
  server.answer = () => problem(429, {detail: 'Too many streams.'}, {'Retry-After': '3'});
  const {text} = await shown();
  assert.equal(text(), 'waiting 0 false', 'it uses up no attempt');
  assert.deepEqual(heard.map(([name, error]) => [name, error.message, error.status, error.willRetry]), [['error', 'Too many streams.', 429, true]]);
  await passes(2_998);
  assert.equal(server.requests.length, 1);
  await passes(2);
  assert.equal(server.requests.length, 2);
});

test('a screen that comes while it is waited tries no sooner; one that comes after the end tries again', async () => {
  await shown();
  await greets();
  server.answer = () => undefined;
  await ends();
  await shown();
  assert.equal(server.requests.length, 1);
  for (const seconds of [1, 2, 4, 8, 16]) {
    await passes(seconds * 1_000);
  }
  server.answer = () => server.stream();
  const last = await shown();
  await greets();
  assert.equal(last.text(), 'open 0 true');
  assert.equal(lastEventIdOf(6), 'e-1');
});

test('the root of a server as the url is told in one sentence, and not tried again', async () => {
  server.answer = () => new Response('<html>', {headers: {'Content-Type': 'text/html'}});
  await shown({url: 'http://pado.example'});
  await passes(600_000);
  assert.deepEqual(heard.map(([name, {reason, willRetry}]) => [name, reason, willRetry]), [['error', 'wrong-address', false]]);
  assert.match(heard[0][1].message, /url must be the whole address, such as http/);
  assert.equal(server.requests.length, 1);
});

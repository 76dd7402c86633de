import assert from 'node:assert/strict';
import {mock, test} from 'node:test';
import {Stream} from '../src/index.js';
import {asked, event, joined, names, openOnServer, pass, server, several, tab} from './several-tabs.js';

test('when the leader closes, crashes or loses its line, nobody misses anything or hears it twice', async () => {
  const all = await several(4);
  await server.streams[0].says(joined('e-1') + event(2));
  all[0].connection.close();
  await pass(500);
  assert.deepEqual([server.requests.length, asked(), openOnServer()], [2, 'e-2', 1]);
  await server.streams[1].says(joined('e-2', {recovered: true}) + event(3));

  all[1].of.crash();
  await pass(500);
  assert.deepEqual([server.requests.length, asked()], [3, 'e-3']);
  await server.streams[2].says(joined('e-3', {recovered: true}) + event(4));

  await server.streams[2].ends();
  assert.deepEqual([all[2].connection.state.name, all[3].connection.state.name], ['waiting', 'waiting']);
  await pass(2_000);
  assert.deepEqual([server.requests.length, asked()], [4, 'e-4']);
  await server.streams[3].says(joined('e-4', {recovered: true}) + event(5));
  assert.deepEqual(all.slice(2).map(({heard}) => heard), [[2, 3, 4, 5], [2, 3, 4, 5]]);
  assert.deepEqual([all[2].connection.state.name, all[3].connection.state.name], ['open', 'open']);
});

test('the place of a frozen leader is taken; when it wakes it gives up, and hears what it missed', async () => {
  const [leader, ...others] = await several(3);
  await server.streams[0].says(joined('e-1') + event(2));
  leader.of.freeze();
  await pass(9_000);
  assert.deepEqual([server.requests.length, asked()], [2, 'e-2']);
  await server.streams[1].says(joined('e-2', {recovered: true}) + event(3) + event(4));
  others.forEach(({heard}) => assert.deepEqual(heard, [2, 3, 4]));

  // What its own line had for it comes first.
  await server.streams[0].says(event(3));
  leader.of.wake();
  await pass(500);
  assert.equal(server.requests[0].init.signal.aborted, true);
  await server.streams[1].says(event(5));
  [leader, ...others].forEach(({heard}) => assert.deepEqual(heard, [2, 3, 4, 5]));
  assert.deepEqual([openOnServer(), new Set(names())], [1, new Set(['open'])]);
});

test('a leader that is told that it will be frozen leaves the lead at once, and comes back as a follower', async () => {
  const [leader, other] = await several(2);
  await server.streams[0].says(joined('e-1') + event(2));
  leader.of.page.dispatchEvent(new Event('freeze'));
  leader.of.freeze();
  await pass(500);
  assert.deepEqual([server.requests.length, asked(), openOnServer()], [2, 'e-2', 1]);
  await server.streams[1].says(joined('e-2', {recovered: true}) + event(3));
  leader.of.wake();
  leader.of.page.dispatchEvent(new Event('resume'));
  await pass(500);
  await server.streams[1].says(event(4));
  assert.deepEqual([leader.heard, other.heard, openOnServer()], [[2, 3, 4], [2, 3, 4], 1]);
});

test('a leader on which nothing happens is not taken for a frozen one', async () => {
  await several(3);
  await server.streams[0].says(joined('e-1'));
  for (let i = 0; i < 6; i++) {
    await pass(10_000);
    await server.streams[0].says(': hb\n');
  }
  assert.deepEqual([server.requests.length, names()], [1, ['open', 'open', 'open']]);
});

test('a frozen follower hears all that it missed once it wakes, and costs the others nothing', async () => {
  const [leader, frozen, other] = await several(3);
  await server.streams[0].says(joined('e-1') + event(2));
  frozen.of.freeze();
  for (let n = 3; n <= 10; n++) {
    await server.streams[0].says(event(n));
  }
  leader.connection.close();
  await pass(8_000);
  await server.streams[1].says(joined(String(asked(1)), {recovered: true}) + [10, 11].map(event).join(''));
  frozen.of.wake();
  await pass(500);
  assert.deepEqual(other.heard, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assert.deepEqual(frozen.heard, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test('who is further behind than the leader remembers has the line go back; the others hear nothing twice', async () => {
  const [leader] = await several(1);
  await server.streams[0].says(joined('e-50') + event(51));
  const behind = await tab({protocol: transport => {
    const stream = Stream.ofTopics({url: 'http://pado.example/api/stream', topics: ['a'], transport});
    stream.last = 'e-10';
    return stream;
  }});
  await pass(500);
  assert.deepEqual([server.requests.length, asked(), server.requests[0].init.signal.aborted], [2, 'e-10', true]);
  await server.streams[1].says(joined('e-10', {recovered: true}) + [11, 51, 52].map(event).join(''));
  assert.deepEqual([behind.heard, leader.heard], [[11, 51, 52], [51, 52]]);
  assert.equal(leader.stream.last, 'e-52');
  await server.streams[1].says(': hb e-52\n');
  assert.deepEqual([names(), server.requests.length], [['open', 'open'], 2], 'and nobody takes anything for lost');
});

test('one that is lost in between is told as lost to all, and what is gone as gone', async () => {
  const all = await several(2);
  await server.streams[0].says(joined('e-1'));
  all[0].connection.close();
  await pass(500);
  await server.streams[1].says(`${joined('e-1', {gaps: ['a']})}data: {"type":"reset","reason":"history","topics":["a"]}\n\n`);
  assert.deepEqual(all[1].told, [[false], [false, 'a'], 'reset']);
});

test('the leader has the stream prolonged, nobody else', async () => {
  const posted = mock.method(globalThis, 'fetch', async () => new Response(null, {status: 204}));
  await several(3);
  await server.streams[0].says(`${joined('e-1')}data: {"type":"token_expiring","reason":"token"}\n\n`);
  assert.equal(posted.mock.callCount(), 1);
  posted.mock.restore();
});

test('people who look for a fault see which tab leads', async () => {
  const all = await several(2);
  const page = /** @type {any} */ (globalThis).pado;
  assert.deepEqual(page.tabs().map((/** @type {any} */ {role, lines}) => [role, lines]), [['follower', 1]], 'in a page there is one');
  all[0].connection.close();
  await pass(500);
  assert.equal(page.tabs()[0].role, 'leader');
});

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createElement, StrictMode} from 'react';
import {renderToString} from 'react-dom/server';
import {act} from 'react-test-renderer';
import {useChatRoom} from '../src/react.js';
import {frame, passes, reach, says, server, shown} from './hooks.js';
import {sample} from './samples.js';

/** @type {any} */
let room;

/** @param {any} props */
function Screen({roomId, ...options}) {
  room = useChatRoom(roomId, {server: 'http://pado.example', fetch: server.fetch, ...reach, ...options});
  return `${room.status} ${room.isConnected} ${room.messages.map((/** @type {any} */ each) => each.content)}`;
}

const paths = () => server.requests.map(({url, init}) => `${init.method ?? 'GET'} ${new URL(url).pathname}`);

test('a room shows what was said, what others say, and what it sends', async () => {
  const message = {...sample('system1/message'), roomId: 'r'};
  server.answer = url => /messages$/.test(String(url)) ? Response.json({items: [{...message, content: 'one'}]}) : /runs$/.test(String(url)) ? Response.json([])
    : server.stream();
  const {text, rerender} = await shown(Screen, {roomId: 'r', token: 't'}, StrictMode);
  await says(`event: connected\n${frame(sample('system1/connected'), 'e-1')}`);
  assert.equal(text(), 'ready true one');
  assert.deepEqual(paths().filter(path => path.includes('stream')), ['GET /api/realtime/stream'], 'one connection in StrictMode');
  await says(`event: message\n${frame({...message, id: 'z', content: 'two'}, 'e-2')}event: message\n${frame({...message, roomId: 'other', id: 'y'}, 'e-3')}`);
  assert.equal(text(), 'ready true one,two');
  const {send} = room;
  await act(async () => { send('three'); });
  await passes(1);
  assert.deepEqual(room.sendings.map((/** @type {any} */ each) => each.content), ['three']);
  assert.equal(server.requests.at(-1)?.init.headers.Authorization, 'Bearer t');
  await says(frame({...sample('system5/user_message'), content: 'three'}));
  assert.match(text(), /three/);
  assert.equal(room.send, send);
  const before = server.requests.length;
  await rerender({roomId: 'r', token: 't'});
  assert.equal(server.requests.length, before);
  await rerender(/** @type {any} */ ({token: 't'}));
  assert.equal(text(), 'loading false ');
});

test('on the server it is empty, and asks nothing', () => {
  assert.equal(renderToString(createElement(Screen, {roomId: 'r', token: 't'})), 'loading false ');
  assert.equal(server.requests.length, 0);
});

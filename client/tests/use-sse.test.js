import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createElement, StrictMode} from 'react';
import {renderToString} from 'react-dom/server';
import {AIResponseStream, SSEVoteDisplay, useAISSE, useChatSSE, useSSE, useVoteSSE} from '../src/react.js';
import {frame, passes, reach, says, server, shown, types} from './hooks.js';
import {sample} from './samples.js';

const ACK = frame(sample('system3/connection_ack'), 'e-1');
const VOTE = sample('system3/vote_update');
const CHAT = sample('system3/chat_message');
const PIECE = sample('system3/ai_response');
const DONE = sample('system3/ai_complete');
/** @type {any[]} */
let heard = [];
const note = (/** @type {string} */ name) => (/** @type {any} */ what) => { heard.push([name, what]); };
const asked = (n = server.requests.length - 1) => server.requests[n].url.searchParams;

/** @param {any} options */
function All(options) {
  const {isConnected, lastEvent} = useSSE({...reach, ...options});
  return `${isConnected} ${lastEvent?.type ?? 'none'}`;
}

/** As the document's Chat.tsx has it. @param {{clientId: any}} props */
function Three({clientId}) {
  const states = [useVoteSSE(clientId, note('votes'), reach), useChatSSE(clientId, note('chat'), reach), useAISSE(clientId, note('ai'), reach)];
  return states.map(({isConnected}) => isConnected).join();
}

test('useSSE tells each event, the last one, and how it is connected', async () => {
  heard = [];
  const {text} = await shown(All, {clientId: 'me', onEvent: note('event'), onConnect: () => heard.push('connect'), onDisconnect: () => heard.push('disconnect')});
  assert.equal(text(), 'false none');
  assert.deepEqual([asked().get('client_id'), asked().get('channels')], ['me', 'ai,chat,votes']);
  await says(ACK + frame(VOTE, 'e-2') + frame({...PIECE, channel: 'user'}, 'e-3') + frame({type: 'reset', reason: 'history', detail: 'd'}));
  assert.equal(text(), 'true reset');
  await server.streams[0].ends();
  await passes(2_000);
  assert.equal(text(), 'false reset');
  assert.equal(asked().get('last_event_id'), 'e-3');
  await says(frame(sample('system3/connection_ack'), 'e-3') + frame(CHAT, 'e-4'));
  assert.equal(text(), 'true chat_message');
  assert.deepEqual(heard, ['connect', ['event', VOTE], ['event', {...PIECE, channel: 'user'}], ['event', {type: 'reset', reason: 'history', detail: 'd'}],
    'disconnect', 'connect', ['event', CHAT]]);
});

test('three hooks of a page share one connection, and each hears its own', async () => {
  heard = [];
  const {text, unmount} = await shown(Three, {clientId: 7}, StrictMode);
  assert.deepEqual([server.requests.length, asked().get('channels'), asked().get('client_id')], [1, 'ai,chat,votes', '7']);
  await says(ACK + frame(VOTE, 'e-2') + frame(CHAT, 'e-3') + frame(PIECE, 'e-4'));
  assert.equal(text(), 'true,true,true');
  assert.deepEqual(heard, [['votes', VOTE.data], ['chat', CHAT.data], ['ai', PIECE]]);
  unmount();
  await passes(999);
  assert.equal(server.requests[0].init.signal.aborted, false, 'somebody may come back');
  await passes(2);
  assert.equal(server.requests[0].init.signal.aborted, true);
});

test('channels that change keep the line open, and lose nothing', async () => {
  heard = [];
  const of = (/** @type {string[]} */ channels) => ({clientId: 'me', channels, onEvent: note('event')});
  const {rerender, text} = await shown(All, of(['votes']));
  await says(ACK);
  await rerender(of(['votes', 'chat']));
  assert.equal(asked().get('channels'), 'chat');
  await says(frame(sample('system3/connection_ack'), 'e-5'));
  assert.equal(text(), 'true none');
  await says(frame(sample('system3/connection_ack'), 'e-1') + frame(CHAT, 'e-4') + frame(VOTE, 'e-6') + frame(CHAT, 'e-7'));
  assert.deepEqual(heard.map(([, {type}]) => type), ['vote_update', 'chat_message']);
  await rerender(of(['votes', 'chat']));
  assert.equal(server.requests.length, 3, 'the same ones in another list are no change');
});

test('a fresh token of the same user goes on where the old one was', async () => {
  const token = (/** @type {object} */ claims) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;
  const of = (/** @type {object} */ claims) => ({clientId: 'me', token: token({iss: 'i', sub: '7', ...claims})});
  const {rerender} = await shown(All, of({jti: '1'}));
  await says(ACK + frame(VOTE, 'e-2'));
  await rerender(of({jti: '2'}));
  assert.deepEqual([server.requests.length, asked().get('last_event_id'), asked().get('channels')], [2, 'e-2', 'ai,chat,votes']);
  await rerender(of({sub: '8'}));
  assert.deepEqual([server.requests.length, asked().get('last_event_id')], [3, null]);
});

test('without a client nothing is open, nor on the server', async () => {
  await shown(Three, {clientId: undefined});
  assert.equal(server.requests.length, 0);
  assert.equal(renderToString(createElement(Three, {clientId: 'a'})), 'false,false,false');
  assert.equal(renderToString(createElement(AIResponseStream, {clientId: 'a'})).includes('pado-answer'), true);
  assert.equal(server.requests.length, 0);
});

test('AIResponseStream types the newest answer, and tells the whole one', async () => {
  heard = [];
  const {text} = await shown(AIResponseStream, {...reach, clientId: 'me', onComplete: note('complete'), onError: note('error')});
  await says(ACK + frame({...PIECE, index: 0, content: '파도'}, 'e-2'));
  await types();
  assert.equal(text(), '파도▋');
  await says(frame({...PIECE, runId: 'old', index: 4, content: 'x'}, 'e-3') + frame({...PIECE, index: 1, content: '는 '}, 'e-4'));
  await says(frame({...DONE, runId: 'old'}, 'e-5') + frame({...DONE}, 'e-6'));
  await types();
  assert.equal(text(), DONE.content);
  assert.deepEqual(heard, [['complete', DONE.content]]);
  await says(frame({...PIECE, runId: 'next', index: 0, content: '둘'}, 'e-7') + frame({...sample('system3/ai_error'), runId: 'next'}, 'e-8'));
  await types();
  assert.equal(text(), sample('system3/ai_error').content + sample('system3/ai_error').message);
  assert.equal(heard[1][1].problem.type, sample('system3/ai_error').problem.type);
});

test('AIResponseStream that came later fetches the text so far', async () => {
  const {text} = await shown(AIResponseStream, {...reach, clientId: 'me', server: 'http://pado.example', fetch: server.fetch});
  await says(ACK + frame({...PIECE, index: 3, content: 'D'}, 'e-2'));
  assert.equal(String(server.requests[1].url), `http://pado.example/api/ai/runs/${PIECE.runId}/stream?client_id=me`);
  await says(frame({...PIECE, index: 3, content: 'ABCD', replay: true}));
  await says(frame({...PIECE, index: 4, content: 'E'}, 'e-3'), 0);
  await says(frame({...PIECE, index: 4, content: 'E'}, 'e-3'), 1);
  await types();
  assert.equal(text(), 'ABCDE▋');
  await says(frame(DONE, 'e-4'), 0);
  await types();
  assert.equal(text(), DONE.content);
  assert.equal(server.requests[1].init.signal.aborted, true);
});

test('SSEVoteDisplay shows what was counted before and since, the newest state of each', async () => {
  heard = [];
  const before = {...VOTE.data, version: 2, totalVotes: 1, title: 'before'};
  server.answer = url => String(url).includes('/api/polls') ? Response.json([before]) : server.stream();
  const {text, json} = await shown(SSEVoteDisplay, {...reach, clientId: 'me', onVoteUpdate: note('vote'), server: 'http://pado.example', fetch: server.fetch});
  await says(ACK);
  assert.match(text(), /^before/);
  await says(frame(VOTE, 'e-2') + frame({...VOTE, data: {...VOTE.data, version: 1, title: 'older'}}, 'e-3') + frame({...VOTE, data: 'foreign'}, 'e-4'));
  assert.ok(text().startsWith(VOTE.data.title) && text().includes('2 (66.7%)'), text());
  assert.deepEqual(heard.map(([, data]) => data.version), [3, 1, undefined]);
  assert.equal(json().props.className, 'pado-votes');
});

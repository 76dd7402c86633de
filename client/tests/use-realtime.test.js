import assert from 'node:assert/strict';
import {test} from 'node:test';
import {StrictMode} from 'react';
import {act} from 'react-test-renderer';
import {problem} from './fake-server.js';
import {
  callbacks, ends, greets, heard, isAborted, jwt, lastEventIdOf, names, passes, says, server, shown, sse,
} from './realtime-screen.js';
import {sample} from './samples.js';

test('named events go to their callbacks, once', async () => {
  const {text} = await shown();
  assert.equal(text(), 'connecting 0 false');
  assert.equal(server.requests[0].init.headers.Authorization, 'Bearer t');
  assert.equal(server.requests[0].url.search, '');
  await greets();
  assert.equal(text(), 'open 0 true');
  const [hello, message, booking, notification] = ['connected', 'message', 'booking', 'notification'].map(name => sample(`system1/${name}`));
  const frame = sse('message', message, 'e-2');
  await says(frame + frame + ': hb e-2\n' + sse('booking', booking, 'e-3') + sse('notification', notification, 'e-4') + sse('tomorrow', {}, 'e-5'));
  assert.deepEqual(heard, [['connected', hello], ['message', message], ['booking', booking], ['notification', notification]]);
});

test('StrictMode opens one connection', async () => {
  await shown({}, StrictMode);
  await greets();
  assert.equal(server.requests.length, 1);
  assert.equal(isAborted(), false);
  assert.deepEqual(names(), ['connected']);
});

test('other callbacks count at once, and open nothing', async () => {
  const {rerender} = await shown();
  await greets();
  await rerender(callbacks('new '));
  await says(sse('message', {id: 'm-1'}, 'e-2'));
  assert.deepEqual(names(), ['connected', 'new message']);
  assert.equal(server.requests.length, 1);
});

test('without a token, or disabled, nothing is open', async () => {
  for (const closed of [{token: ''}, {token: null}, {enabled: false}]) {
    const before = server.requests.length;
    const {rerender, text} = await shown(closed);
    assert.equal(text(), 'idle 0 false');
    assert.equal(server.requests.length, before);
    await rerender({});
    await greets();
    assert.equal(text(), 'open 0 true');
    await rerender(closed);
    assert.equal(text(), 'idle 0 false');
    await passes(1_000);
    assert.equal(isAborted(), true);
    assert.deepEqual(names(), ['connected'], 'closing by oneself is no error');
    heard.length = 0;
  }
});

test('leaving the page closes it, a second later: another screen may need it', async () => {
  const {tree} = await shown();
  await greets();
  act(() => tree.unmount());
  await passes(999);
  assert.equal(isAborted(), false);
  await passes(1);
  assert.equal(isAborted(), true);
  assert.equal(server.isListenedTo, false);
});

test('a token that does not count is told once, and another one tried', async () => {
  server.answer = () => problem(401, {detail: 'Invalid token'});
  const {text, rerender} = await shown();
  assert.match(text(), /^closed/);
  assert.deepEqual(heard.map(([, error]) => [error.message, error.status, error.willRetry]), [['Invalid token', 401, false]]);
  server.answer = () => server.stream();
  await rerender({token: 'other'});
  await greets();
  assert.equal(text(), 'open 0 true');
  assert.equal(server.requests[1].init.headers.Authorization, 'Bearer other');
});

test('another token opens another connection: of the same user it goes on, of another one it begins anew', async () => {
  const [first, renewed, other] = [{iss: 'i', sub: '7', jti: '1'}, {iss: 'i', sub: '7', jti: '2'}, {iss: 'i', sub: '8'}].map(jwt);
  const {rerender} = await shown({token: first});
  await greets('e-1');
  await says(sse('message', {}, 'e-5') + sse('token_expiring', sample('system3/token_expiring')) + sse('closing', {reason: 'token-expired', detail: 'Log in again.'}));
  await ends();
  assert.deepEqual([heard.at(-1)[1].message, heard.at(-1)[1].reason, heard.at(-1)[1].willRetry], ['Log in again.', 'token-expired', false]);
  await rerender({token: renewed});
  assert.equal(lastEventIdOf(1), 'e-5');
  await greets('e-5');
  await rerender({token: other});
  await passes(1_000);
  assert.equal(isAborted(1), true);
  assert.equal(lastEventIdOf(2), null);
  assert.equal(server.requests.length, 3);
});

test('the server tells problems and lost rights on the line, which stays open', async () => {
  const {text} = await shown();
  await greets();
  await says(sse('error', sample('system3/problem')) + sse('rights_lost', sample('system3/rights_lost')) + sse('token_expiring', sample('system3/token_expiring')));
  assert.deepEqual(names(), ['connected', 'error', 'error']);
  const [told, lost] = heard.slice(1).map(([, error]) => error);
  assert.deepEqual([told.message, told.type, told.willRetry], [sample('system3/problem').detail, sample('system3/problem').type, true]);
  assert.deepEqual([lost.message, lost.reason], [sample('system3/rights_lost').detail, 'rights_lost']);
  assert.equal(text(), 'open 0 true');
});

test('an end that comes with a problem is told once', async () => {
  const {text} = await shown();
  await greets();
  const {reason, detail} = sample('system3/closing');
  await says(sse('error', {...sample('system3/problem'), status: 401, detail}) + sse('closing', {reason, detail}));
  await ends();
  assert.match(text(), /^closed/);
  assert.deepEqual(heard.slice(1).map(([, error]) => [error.message, error.status, error.willRetry]), [[detail, 401, false]]);
});

test('a store that is away, and back, shows in the state', async () => {
  const {text} = await shown();
  await greets();
  await says(sse('degraded', sample('system3/degraded')));
  assert.equal(text(), 'degraded 0 true');
  await says(sse('recovered', sample('system3/recovered')));
  assert.equal(text(), 'open 0 true');
  assert.deepEqual(names(), ['connected']);
});

test('a reset reaches onReset, or onError without one', async () => {
  const {rerender} = await shown();
  await greets();
  await says(sse('reset', sample('system1/reset')));
  assert.equal(heard.at(-1)[0], 'error');
  assert.equal(heard.at(-1)[1].reason, 'reset');
  await rerender({onReset: (/** @type {any} */ notice) => heard.push(['reset', notice])});
  await says(sse('reset', sample('system1/reset')));
  const {reason, detail} = sample('system1/reset');
  assert.deepEqual(heard.at(-1), ['reset', {reason, detail}]);
  assert.equal(heard.length, 3);
});

test('screens with the same token share a connection', async () => {
  const first = await shown();
  await greets();
  const second = await shown(callbacks('2 '));
  assert.equal(server.requests.length, 1);
  assert.equal(second.text(), 'open 0 true');
  await says(sse('booking', {bookingId: 'b'}, 'e-2'));
  assert.deepEqual(names(), ['connected', '2 connected', 'booking', '2 booking']);
  act(() => first.tree.unmount());
  await passes(1);
  await says(sse('booking', {bookingId: 'b'}, 'e-3'));
  assert.deepEqual(names().slice(4), ['2 booking']);
  assert.equal(isAborted(), false);
  await shown({token: 'other'});
  assert.equal(server.requests.length, 2);
});

test('a callback that throws harms no other event', async context => {
  const thrown = /** @type {any[]} */ ([]);
  context.mock.method(globalThis, 'queueMicrotask', (/** @type {() => void} */ task) => {
    try {
      task();
    } catch (error) {
      thrown.push(error);
    }
  });
  await shown({onMessage: () => { throw new Error('mine'); }});
  await greets();
  await says(sse('message', {}, 'e-2') + sse('booking', {}, 'e-3'));
  assert.deepEqual(names(), ['connected', 'booking']);
  assert.equal(thrown.length, 1);
});

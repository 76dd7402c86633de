import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {network} from '../src/network.js';

beforeEach(() => mock.timers.enable({apis: ['setInterval', 'Date'], now: 1_000_000}));
afterEach(() => mock.timers.reset());

const minute = () => Array.from({length: 60}).forEach(() => mock.timers.tick(1_000));

test('a computer that slept is noticed by its clock, once', () => {
  let woken = 0;
  const stop = network.listen({online: () => { }, offline: () => { }, visible: () => woken++, away: () => { }});
  minute();
  assert.equal(woken, 0);
  mock.timers.setTime(Date.now() + 20_000);
  mock.timers.tick(1_000);
  assert.equal(woken, 1);
  minute();
  assert.equal(woken, 1);
  stop();
  mock.timers.setTime(Date.now() + 20_000);
  minute();
  assert.equal(woken, 1);
});

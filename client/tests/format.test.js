import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formatDate, formatTime, formatWon, UNKNOWN} from '../../src/main/webapp/pages/format.js';

test('amounts and instants are written as the language does, in the zone of the café', () => {
  assert.deepEqual([formatWon(30_000, 'ko'), formatWon(-4_500, 'en')], ['30,000원', '-₩4,500']);
  assert.equal(formatTime('2026-01-15T00:05:00Z', 'en'), '09:05');
  assert.equal(formatDate('2026-01-15T00:05:00Z', 'ko'), '1월 15일 09:05');
});

test('what other programs left out or wrote wrongly is shown as unknown and throws nothing', () => {
  for (const wrong of [undefined, null, 'yesterday', 'null', '']) {
    assert.deepEqual([formatTime(wrong, 'en'), formatDate(wrong, 'ko')], [UNKNOWN, UNKNOWN]);
  }
  for (const wrong of [undefined, null, NaN, 'a lot']) {
    assert.equal(formatWon(/** @type {any} */ (wrong), 'ko'), UNKNOWN);
  }
});

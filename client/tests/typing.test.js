import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Typing} from '../src/ai.js';

/** @type {(() => void)[]} */
let frames = [];
/** @type {[string, boolean][]} */
let shown = [];

function typing() {
  frames = [];
  shown = [];
  return new Typing((text, isTyping) => shown.push([text, isTyping]), task => frames.push(task));
}

function run() {
  for (let frame = frames.shift(); frame !== undefined; frame = frames.shift()) {
    frame();
  }
}

test('a text is typed in steps that only add, and cut no character', () => {
  const text = '안녕하세요 🌊🌊🌊 파도입니다. '.repeat(5);
  const typed = typing();
  typed.to(text.slice(0, 40));
  frames.shift()?.();
  typed.to(text);
  run();
  assert.deepEqual(shown.at(-1), [text, false]);
  assert.ok(shown.length > 10);
  shown.reduce((before, [now]) => {
    assert.ok(now.startsWith(before) && !/[\ud800-\udbff]$/.test(now), now);
    return now;
  }, '');
});

test('it can be finished, and begun anew', () => {
  const typed = typing();
  typed.to('first text');
  typed.finish();
  assert.deepEqual(shown.at(-1), ['first text', false]);
  run();
  typed.to('other');
  assert.deepEqual(shown.at(-1), ['o', true]);
  run();
  assert.deepEqual(shown.at(-1), ['other', false]);
});

import assert from 'node:assert/strict';
import {afterEach, beforeEach, mock, test} from 'node:test';
import {sendLines} from '../../src/main/webapp/pages/line-sender.js';

/** A text area as browsers drive it. */
class Area extends EventTarget {
  value = '';

  /**
   * @param {string} type
   * @param {object} [fields]
   */
  fire(type, fields = {}) {
    const event = Object.assign(new Event(type, {cancelable: true}), fields);
    this.dispatchEvent(event);
    return event.defaultPrevented;
  }

  /** The browser is about to make a line break. */
  breaks = (inputType = 'insertLineBreak') => this.fire('beforeinput', {inputType});
}

/** @type {Area} */
let area;
/** @type {string[]} */
let sent;

beforeEach(() => {
  mock.timers.enable({apis: ['setTimeout']});
  area = new Area();
  sent = [];
  sendLines(/** @type {any} */ (area), text => Boolean(sent.push(text)));
});
afterEach(() => mock.timers.reset());

test('one Enter sends once, and Shift+Enter is a new line', () => {
  area.value = 'hello';
  area.fire('keydown', {key: 'Enter', shiftKey: true});
  assert.equal(area.breaks(), false);
  area.fire('keydown', {key: 'Enter', shiftKey: false});
  assert.equal(area.breaks(), true);
  mock.timers.tick(1);
  assert.deepEqual([sent, area.value], [['hello'], '']);
  area.breaks();
  mock.timers.tick(200);
  assert.equal(sent.length, 1, 'nothing to send');
});

test('Chromium: the Enter that ends the composition is told twice', () => {
  area.value = '안녕하세요';
  area.fire('compositionstart');
  area.fire('keydown', {key: 'Enter', keyCode: 229, isComposing: true, shiftKey: false});
  area.fire('compositionend');
  area.fire('keydown', {key: 'Enter', keyCode: 13, isComposing: false, shiftKey: false});
  area.breaks();
  mock.timers.tick(500);
  assert.deepEqual(sent, ['안녕하세요']);
});

test('Safari: the composition has ended before the key, which is 229', () => {
  area.value = '안녕';
  area.fire('compositionstart');
  area.fire('compositionend');
  area.fire('keydown', {key: 'Enter', keyCode: 229, isComposing: false, shiftKey: false});
  area.breaks('insertParagraph');
  mock.timers.tick(1);
  assert.deepEqual(sent, ['안녕']);
});

test('the last syllable comes after the line break, and is sent with the others', () => {
  area.value = '안녕하세';
  area.fire('compositionstart');
  area.fire('keydown', {key: 'Enter', keyCode: 229, isComposing: true, shiftKey: false});
  area.breaks();
  mock.timers.tick(50);
  assert.deepEqual(sent, []);
  area.value = '안녕하세요';
  area.fire('compositionend');
  mock.timers.tick(1);
  assert.deepEqual([sent, area.value], [['안녕하세요'], '']);
});

test('a composition whose end is never told is sent all the same', () => {
  area.value = '안녕';
  area.fire('compositionstart');
  area.breaks();
  mock.timers.tick(200);
  assert.deepEqual(sent, ['안녕']);
});

test('a confirmation alone sends nothing', () => {
  area.value = '日本';
  area.fire('compositionstart');
  area.fire('keydown', {key: 'Enter', keyCode: 229, isComposing: true, shiftKey: false});
  area.fire('compositionend');
  mock.timers.tick(500);
  assert.deepEqual(sent, []);
});

test('what was not taken stays', () => {
  const other = new Area();
  other.value = 'x';
  sendLines(/** @type {any} */ (other), () => false)();
  mock.timers.tick(1);
  assert.equal(other.value, 'x');
});

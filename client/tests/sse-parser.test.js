import assert from 'node:assert/strict';
import {test} from 'node:test';
import {SseParser} from '../src/sse-parser.js';

const TEXT = '\uFEFFretry: 1930\nid: e-1\ndata: one\ndata: two\n\n: hb\n\nevent: x\ndata:three\r\n\r\nid: e-2\rdata\r\rdata: rest';
const MESSAGES = [
  {text: 'one\ntwo', id: 'e-1', event: undefined, retry: 1_930},
  {text: '', comment: 'hb'},
  {text: 'three', id: undefined, event: 'x', retry: undefined},
  {text: '', id: 'e-2', event: undefined, retry: undefined},
];

test('reads all line ends, comments, several lines of data, and leaves out what is not complete', () => {
  assert.deepEqual(new SseParser().read(TEXT), MESSAGES);
});

test('wherever the text is cut, the events are the same', () => {
  for (let first = 0; first <= TEXT.length; first++) {
    for (let second = first; second <= TEXT.length; second++) {
      const parser = new SseParser();
      const parts = [TEXT.slice(0, first), TEXT.slice(first, second), TEXT.slice(second)];
      assert.deepEqual(parts.flatMap(part => parser.read(part)), MESSAGES, `cut at ${first} and ${second}`);
    }
  }
});

test('an id with a NUL and a retry that is no number are left out', () => {
  assert.deepEqual(new SseParser().read('id: a\0b\nretry: soon\ndata: x\n\n'), [{text: 'x', id: undefined, event: undefined, retry: undefined}]);
});

test('the name of an event is not that of the next one', () => {
  const messages = new SseParser().read('event: booking\n\ndata: a\n\nevent:notification\ndata: b\n\nevent\ndata: c\n\n');
  assert.deepEqual(messages.map(({text, event}) => ({text, event})),
    [{text: 'a', event: undefined}, {text: 'b', event: 'notification'}, {text: 'c', event: undefined}]);
});

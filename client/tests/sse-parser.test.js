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

/** @param {string} text @returns {string[]} the events */
const texts = text => new SseParser().read(text).filter(({comment}) => comment === undefined).map(message => message.text);

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

// The cases of the standard's grammar (HTML, section 9.2.5) and processing model (9.2.6).
for (const [name, text, expected] of /** @type {[string, string, string[]][]} */ ([
  ['one byte order mark at the begin is left out', '\uFEFFdata:1\n\ndata:2\n\n', ['1', '2']],
  ['a second one belongs to the name of the field', '\uFEFF\uFEFFdata:1\n\ndata:2\n\n', ['2']],
  ['one that is not at the begin too', 'data:1\n\n\uFEFFdata:2\n\ndata:3\n\n', ['1', '3']],
  ['LF, CR and CRLF end a line', 'data:a\ndata:b\rdata:c\r\n\r\ndata:d\r\rdata:e\n\n', ['a\nb\nc', 'd', 'e']],
  ['the last CR ends a line without anything after it', 'data:test\r\ndata\ndata:test\r\n\r', ['test\n\ntest']],
  ['LF and CR are two line ends', 'data:a\n\rdata:b\n\r', ['a', 'b']],
  ['an event without its blank line is none', 'data:1\n\ndata:2\n', ['1']],
  ['blank lines alone are nothing', '\n\n\r\r\r\n\n', []],
  ['data without a colon, and with nothing after it, is empty', 'data\n\ndata\ndata\n\ndata:\n\ndata:test\n\n', ['', '\n', '', 'test']],
  ['one space after the colon is left out, no other', 'data:\ttest\rdata: \ndata:  two\n\n', ['\ttest\n\n two']],
  ['further colons are part of the value', 'data:a:b: c\n\n', ['a:b: c']],
  ['comments are no data, whatever they look like', ':\n:data:1\n: data:2\ndata:3\n:data:4\n\n', ['3']],
  ['a comment may be very long', `data:1\n:${'x'.repeat(2_000)}\ndata:2\n\n`, ['1\n2']],
  ['names of fields are exact', 'Data:1\nDATA:2\n data:3\ndata :4\nda-ta:5\ndata_6\ndata:7\n\n', ['7']],
  ['NUL is a character of data, and makes another name of one', 'data:\0\ndata\0:2\n\0data:3\ndata:4\n\n', ['\0\n4']],
  ['an event with a name and no data is none', 'event:a\n\ndata:1\n\n', ['1']],
  ['an id alone is no event', 'id:1\n\ndata:1\n\n', ['1']],
  ['unknown fields are left out', 'test\nfoo:bar\ndata:1\n\n', ['1']],
  ['an HTML page is none', '<!doctype html>\n<title>data:1</title>\n\n', []],
])) {
  test(`standard: ${name}`, () => {
    assert.deepEqual(texts(text), expected);
    const parser = new SseParser();
    assert.deepEqual([...text].flatMap(character => parser.read(character)).filter(({comment}) => comment === undefined).map(({text: each}) => each),
      expected, 'character by character');
  });
}

test('standard: the last of several names, ids and retries of an event counts, in any order', () => {
  assert.deepEqual(new SseParser().read('event:a\nid:1\nretry:1\ndata:x\nretry:2\nid:2\nevent:b\n\n'), [{text: 'x', id: '2', event: 'b', retry: 2}]);
});

test('standard: an empty name is none', () => {
  assert.deepEqual(new SseParser().read('event:a\nevent:\ndata:x\n\nevent\ndata:y\n\n').map(({event}) => event), [undefined, undefined]);
});

test('standard: an id with a NUL is left out, and the one before it stays', () => {
  assert.deepEqual(new SseParser().read('id:1\nid: a\0b\ndata: x\n\n')[0].id, '1');
});

test('standard: a retry is digits and nothing else', () => {
  for (const value of ['soon', '1000x', '-1', '1.5', ' 1', '1 ', '１', '']) {
    assert.equal(new SseParser().read(`retry: 7\nretry:  ${value}\ndata: x\n\n`)[0].retry, 7, value);
  }
  assert.equal(new SseParser().read('retry\nretry:05\ndata: x\n\n')[0].retry, 5);
});

test('unlike a browser, an event without an id has none: a notice must not be taken for the event before it', () => {
  assert.deepEqual(new SseParser().read('id:1\ndata: x\n\ndata: y\n\nid\ndata: z\n\n').map(({id}) => id), ['1', undefined, undefined]);
});

test('the name of an event is not that of the next one', () => {
  const messages = new SseParser().read('event: booking\n\ndata: a\n\nevent:notification\ndata: b\n\nevent\ndata: c\n\n');
  assert.deepEqual(messages.map(({text, event}) => ({text, event})),
    [{text: 'a', event: undefined}, {text: 'b', event: 'notification'}, {text: 'c', event: undefined}]);
});

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createElement} from 'react';
import {renderToString} from 'react-dom/server';
import {useRealtime} from '../src/react.js';

test('on the server it is idle, and opens nothing', context => {
  const fetched = context.mock.method(globalThis, 'fetch', async () => { throw new Error('no'); });
  const Screen = () => useRealtime({token: 't', browserNotifications: true}).name;
  assert.equal(renderToString(createElement(Screen)), 'idle');
  assert.equal(fetched.mock.callCount(), 0);
});

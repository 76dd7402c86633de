import assert from 'node:assert/strict';
import {afterEach, beforeEach, test} from 'node:test';

/** @type {any} */
let page;
/** @type {any} */
let module;
let loads = 0;

beforeEach(async () => {
  page = {visibilityState: 'hidden', shown: [], opened: [], asks: 0, clicks: new EventTarget()};
  Object.assign(globalThis, {
    document: {
      get visibilityState() { return page.visibilityState; },
      addEventListener: (/** @type {any[]} */ ...args) => page.clicks.addEventListener(...args),
    },
    location: new URL('http://shop.example/chat?x#y'),
    focus: () => { page.focused = true; },
    open: (/** @type {any[]} */ ...args) => page.opened.push(args),
    Notification: class {
      static permission = 'granted';
      static requestPermission() {
        page.asks++;
        return Promise.reject(new Error('not now'));
      }
      close() { }
      /**
       * @param {string} title
       * @param {object} options
       */
      constructor(title, options) {
        page.shown.push({title, ...options});
        page.last = this;
      }
    },
  });
  // Each test is another load of the page.
  module = await import(`../src/browser-notifications.js?${++loads}`);
});
afterEach(() => {
  for (const name of ['document', 'location', 'focus', 'open', 'Notification']) {
    delete (/** @type {any} */ (globalThis))[name];
  }
});

test('shows title and message while nobody looks at the page', () => {
  module.showNotification({id: 'n-1', title: '예약', message: 'confirmed'});
  page.visibilityState = 'visible';
  module.showNotification({id: 'n-2', title: 'x', message: 'y'});
  assert.deepEqual(page.shown, [{title: '예약', body: 'confirmed', tag: 'pado-n-1'}]);
});

test('shows nothing that it may not, and what other hands wrote', () => {
  for (const permission of ['default', 'denied']) {
    /** @type {any} */ (globalThis).Notification.permission = permission;
    module.showNotification({id: 'n', title: 'x', message: 'y'});
  }
  assert.deepEqual(page.shown, []);
  /** @type {any} */ (globalThis).Notification.permission = 'granted';
  module.showNotification({id: 7, title: null, message: {a: 1}});
  assert.deepEqual(page.shown, [{title: '', body: '[object Object]', tag: 'pado-7'}]);
});

test('a click opens what is of this server or of https, and nothing else', () => {
  for (const [link, opened] of [
    ['/bookings/7', 'http://shop.example/bookings/7'], ['?tab=2', 'http://shop.example/chat?tab=2'], ['https://pay.example/x', 'https://pay.example/x'],
    ['http://shop.example:80/a', 'http://shop.example/a'],
    ['http://other.example/', null], ['//other.example/', null], ['javascript:alert(1)', null], [' java\nscript:alert(1)', null],
    ['data:text/html,x', null], ['blob:http://shop.example/1-2', null], ['file:///etc/passwd', null], ['ftp://shop.example/', null],
    ['http://', null], ['', null], [null, null], [undefined, null], [7, null], [{}, null],
  ]) {
    page.opened = [];
    page.focused = false;
    module.showNotification({id: 'n', title: 't', message: 'm', link});
    page.last.onclick();
    assert.deepEqual(page.opened, opened === null ? [] : [[opened, '_blank', 'noopener']], String(link));
    assert.equal(page.focused, true);
  }
});

test('asks once, with the first click or key', async () => {
  /** @type {any} */ (globalThis).Notification.permission = 'default';
  module.askForNotifications();
  module.askForNotifications();
  assert.equal(page.asks, 0);
  page.clicks.dispatchEvent(new Event('keydown'));
  page.clicks.dispatchEvent(new Event('click'));
  module.askForNotifications();
  page.clicks.dispatchEvent(new Event('click'));
  await new Promise(resolve => setImmediate(resolve));
  assert.equal(page.asks, 1);
});

test('does not ask who has decided', () => {
  for (const permission of ['granted', 'denied']) {
    /** @type {any} */ (globalThis).Notification.permission = permission;
    module.askForNotifications();
  }
  page.clicks.dispatchEvent(new Event('click'));
  assert.equal(page.asks, 0);
});

test('never throws where there are no notifications, or only for service workers', context => {
  context.mock.method(console, 'debug', () => { });
  class OnlyForWorkers {
    static permission = 'granted';
    constructor() {
      throw new TypeError('Illegal constructor');
    }
  }
  for (const Notification of [undefined, OnlyForWorkers]) {
    Object.assign(globalThis, {Notification});
    module.askForNotifications();
    module.showNotification({id: 'n', title: 't', message: 'm'});
  }
});

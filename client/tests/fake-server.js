import {mock} from 'node:test';

/**
 * Stand-ins for a browser's WebSocket, fetch and network that the test drives. To add a case: open a connection with `fake.options`,
 * take the newest line with `fake.line`, and say on it what the server would.
 */
export class FakeServer {
  /** @type {FakeSocket[]} */
  sockets = [];
  /** Questions asked over HTTP. @type {{url: URL, init: any}[]} */
  requests = [];
  /** Open event streams. @type {FakeStream[]} */
  streams = [];
  /** What HTTP is answered with; undefined: no answer. @type {((url: URL, init: any) => Response | undefined) | undefined} */
  answer;
  isOnline = true;
  isVisible = true;
  /** @type {import('../src/network.js').NetworkListener | undefined} */
  #listener;

  network = {
    online: () => this.isOnline,
    visible: () => this.isVisible,
    listen: (/** @type {import('../src/network.js').NetworkListener} */ listener) => {
      this.#listener = listener;
      return () => { this.#listener = undefined; };
    },
  };

  get WebSocket() {
    const sockets = this.sockets;
    return /** @type {any} */ (class extends FakeSocket {
      /**
       * @param {string} url
       * @param {string[]} protocols
       */
      constructor(url, protocols) {
        super(url, protocols);
        sockets.push(this);
      }
    });
  }

  fetch = /** @type {any} */ (async (/** @type {URL} */ url, /** @type {any} */ init) => {
    this.requests.push({url, init});
    const answer = this.answer?.(url, init);
    if (answer === undefined) {
      throw new TypeError('no answer');
    }
    return answer;
  });

  /** @returns {FakeSocket} the newest one */
  get socket() {
    return /** @type {FakeSocket} */ (this.sockets.at(-1));
  }

  /** Answers with an event stream, which `streams` then holds. */
  stream() {
    const stream = new FakeStream();
    this.streams.push(stream);
    return stream.response;
  }

  online() {
    this.isOnline = true;
    this.#listener?.online();
  }

  offline() {
    this.isOnline = false;
    this.#listener?.offline();
  }

  visible() {
    this.isVisible = true;
    this.#listener?.visible();
  }

  hidden() {
    this.isVisible = false;
  }

  /** The page goes into the browser's page cache. */
  leave() {
    this.#listener?.away();
  }

  get isListenedTo() {
    return this.#listener !== undefined;
  }
}

export class FakeSocket {
  OPEN = 1;
  readyState = 0;
  /** @type {any[]} */
  sent = [];
  /** @type {number | null} */
  closedWith = null;
  /** @type {any} */ onopen = null;
  /** @type {any} */ onmessage = null;
  /** @type {any} */ onclose = null;

  /**
   * @param {string} url
   * @param {string[]} protocols
   */
  constructor(url, protocols) {
    this.url = url;
    this.protocols = protocols;
  }

  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text));
  }

  /** @param {number} code */
  close(code) {
    this.closedWith = code;
    this.readyState = 3;
  }

  opens() {
    this.readyState = 1;
    this.onopen?.({});
  }

  /** @param {object | string} frame */
  says(frame) {
    this.onmessage?.({data: typeof frame === 'string' ? frame : JSON.stringify(frame)});
  }

  /** The server ends it, or the network does. */
  ends(code = 1006, reason = '') {
    this.readyState = 3;
    this.onclose?.({code, reason});
  }
}

export class FakeStream {
  /** @type {ReadableStreamDefaultController} */
  #controller = /** @type {any} */ (null);

  constructor() {
    this.response = new Response(new ReadableStream({start: controller => { this.#controller = controller; }}),
      {headers: {'Content-Type': 'text/event-stream;charset=UTF-8'}});
  }

  /** @param {string} text */
  async says(text) {
    this.#controller.enqueue(new TextEncoder().encode(text));
    await settle();
  }

  async ends() {
    this.#controller.close();
    await settle();
  }
}

/** Timers go on only when the test says so. */
export function holdTime() {
  mock.timers.enable({apis: ['setTimeout', 'Date'], now: 1_000_000});
}

/** Lets all promises that are ready go on. */
export async function settle() {
  for (let i = 0; i < 20; i++) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

/** @param {number} milliseconds */
export async function pass(milliseconds) {
  await settle();
  mock.timers.tick(milliseconds);
  await settle();
}

/**
 * @param {number} status
 * @param {object} [fields]
 * @param {Record<string, string>} [headers]
 */
export function problem(status, fields = {}, headers = {}) {
  return new Response(JSON.stringify({type: 'urn:pado:problem:x', title: 'T', status, detail: 'D', ...fields}),
    {status, headers: {'Content-Type': 'application/problem+json', ...headers}});
}

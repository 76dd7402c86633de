/** Web Locks and BroadcastChannel of a browser whose tabs the test freezes, wakes and crashes. */
export class FakeBrowser {
  /** @type {Map<string, Set<any>>} open channels by name */
  #channels = new Map();
  /** @type {Map<string, {held: any | null, queue: any[]}>} */
  #locks = new Map();

  /** @returns {FakeTab} */
  tab() {
    return new FakeTab(this);
  }

  /** @param {string} name */
  channels(name) {
    const all = this.#channels.get(name) ?? new Set();
    this.#channels.set(name, all);
    return all;
  }

  /** @returns {string[]} channels that somebody listens to, and locks that are held or waited for */
  get inUse() {
    return [...[...this.#channels].filter(([, all]) => all.size > 0).map(([name]) => name),
      ...[...this.#locks].filter(([, {held, queue}]) => held !== null || queue.length > 0).map(([name]) => name)];
  }

  /** @param {string} name */
  lock(name) {
    const lock = this.#locks.get(name) ?? {held: null, queue: []};
    this.#locks.set(name, lock);
    return lock;
  }

  get pending() {
    return [...this.#locks].flatMap(([name, {queue}]) => queue.map(() => ({name})));
  }

  /** @param {string} name */
  grant(name) {
    const lock = this.lock(name);
    if (lock.held === null && lock.queue.length > 0) {
      const mine = lock.queue.shift();
      lock.held = mine;
      mine.tab.task(async () => {
        try {
          mine.resolve(await mine.callback({name}));
        } catch (error) {
          mine.reject(error);
        }
        if (lock.held === mine) {
          lock.held = null;
          this.grant(name);
        }
      });
    }
  }

  /** @param {FakeTab} tab */
  crash(tab) {
    this.#channels.forEach(all => all.forEach(channel => channel.tab === tab && all.delete(channel)));
    for (const [name, lock] of this.#locks) {
      lock.queue = lock.queue.filter(({tab: of}) => of !== tab);
      if (lock.held?.tab === tab) {
        lock.held = null;
        this.grant(name);
      }
    }
  }
}

export class FakeTab {
  #browser;
  #isFrozen = false;
  /** @type {(() => void)[]} */
  #tasks = [];

  /** Is told when it is frozen, and goes on. */
  page = new EventTarget();

  /** @param {FakeBrowser} browser */
  constructor(browser) {
    this.#browser = browser;
  }

  /** @param {() => void} task  runs now, or when the tab wakes */
  task(task) {
    queueMicrotask(() => this.#isFrozen ? this.#tasks.push(task) : task());
  }

  freeze() {
    this.#isFrozen = true;
  }

  wake() {
    this.#isFrozen = false;
    this.#tasks.splice(0).forEach(task => task());
  }

  /** Nothing of it runs any more. */
  crash() {
    this.freeze();
    this.#browser.crash(this);
  }

  get BroadcastChannel() {
    const browser = this.#browser;
    const tab = this;
    return /** @type {any} */ (class {
      /** @type {((event: {data: any}) => void) | null} */
      onmessage = null;
      tab = tab;

      /** @param {string} name */
      constructor(name) {
        this.name = name;
        browser.channels(name).add(this);
      }

      /** @param {any} data */
      postMessage(data) {
        if (tab.#isFrozen) {
          return;
        }
        for (const other of browser.channels(this.name)) {
          const copy = structuredClone(data);
          other !== this && other.tab.task(() => browser.channels(this.name).has(other) && other.onmessage?.({data: copy}));
        }
      }

      close() {
        browser.channels(this.name).delete(this);
      }
    });
  }

  get locks() {
    const browser = this.#browser;
    return /** @type {any} */ ({
      query: async () => ({held: [], pending: browser.pending}),
      request: (/** @type {string} */ name, /** @type {any} */ {steal, signal}, /** @type {any} */ callback) => new Promise((resolve, reject) => {
        const lock = browser.lock(name);
        const refusal = () => new DOMException('gone', 'AbortError');
        const mine = {tab: this, callback, resolve, reject};
        if (steal) {
          const {held} = lock;
          lock.held = null;
          lock.queue.unshift(mine);
          held?.tab.task(() => held.reject(refusal()));
        } else {
          lock.queue.push(mine);
          signal?.addEventListener('abort', () => {
            if (lock.queue.includes(mine)) {
              lock.queue.splice(lock.queue.indexOf(mine), 1);
              reject(refusal());
            }
          });
        }
        browser.grant(name);
      }),
    });
  }
}

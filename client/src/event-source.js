import {LOST} from './ending.js';

/** So often a line that is open counts as heard. */
const ALIVE_EACH = 5_000;

/**
 * Lines over the browser's own `EventSource`, or a polyfill's, for pages that need one. It can do less than `eventStream()`: the token travels in the
 * query; named events are heard only if they are listed; and a line that fell silent is noticed only when the browser itself notices, because an
 * `EventSource` keeps heartbeats to itself. When to try again is still said by the connection's policy.
 *
 * @param {{names?: string[], EventSource?: typeof EventSource}} [given]  `names`: those of the events, where they have names, such as `status_change`;
 *     `EventSource`: another than the browser's own
 * @returns {import('./transport.js').Transport}
 */
export function eventSource({names = [], ...given} = {}) {
  return {
    open({url, token}, listener) {
      const address = new URL(url);
      if (token !== null) {
        address.searchParams.set('token', token);
      }
      const source = new (given.EventSource ?? globalThis.EventSource)(address, {withCredentials: true});
      const alive = setInterval(() => source.readyState === 1 && listener.heard(), ALIVE_EACH);
      const close = () => {
        clearInterval(alive);
        source.close();
      };
      let last = '';
      const receive = (/** @type {MessageEvent} */ {type, data, lastEventId}) => {
        // A message without an id shows that of the one before.
        const id = lastEventId === last ? undefined : lastEventId;
        last = lastEventId;
        listener.received({text: data, id, event: type === 'message' ? undefined : type});
      };
      source.onopen = () => listener.opened();
      ['message', ...names.filter(name => name !== 'error')].forEach(name => source.addEventListener(name, /** @type {any} */ (receive)));
      source.onerror = event => {
        if (event instanceof MessageEvent) {
          // The server's own event of that name.
          receive(event);
        } else {
          close();
          listener.ended(LOST);
        }
      };
      return {say: () => { }, close};
    },
  };
}

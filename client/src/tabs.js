import {eventStream} from './event-stream.js';
import {subjectOf} from './subject.js';
import {TabHub} from './tab-hub.js';

/** @typedef {import('./transport.js').Transport} Transport */

/** Of which a server never counts more than one for the same reader. */
const NOT_A_PART_OF_THE_NAME = ['last_event_id', 'token', 'ticket'];

/**
 * One line for all tabs of a browser that hear the same address as the same user, whatever is open in them: browsers open only six to a server over
 * HTTP/1.1. One tab has the line and tells the others; when it closes, freezes or crashes, another one takes over, and no tab misses an event or
 * gets one twice. Tabs of different users share nothing. Where the browser has no Web Locks (a page that came over plain HTTP from another machine) or
 * nobody knows the user, each tab has its own line; so it has for `/live`, on which each asks for topics of its own.
 *
 * Make it once for each page, and give it to all that may share: components share a connection only if their transport is the same.
 *
 * @param {object} [options]
 * @param {Transport} [options.transport]  of the leader; SSE without it
 * @param {string | number} [options.user]  who this page's user is. Without it that is the subject of the access token; with a cookie nobody knows
 * @param {{locks?: LockManager, BroadcastChannel?: typeof BroadcastChannel, page?: EventTarget}} [options.browser]  others than the browser's own
 * @returns {Transport}
 */
export function acrossTabs({transport = eventStream(), user, browser = {}} = {}) {
  /** @type {Map<string, TabHub>} */
  const hubs = new Map();
  return {
    open(request, listener) {
      const locks = browser.locks ?? globalThis.navigator?.locks;
      const Channel = browser.BroadcastChannel ?? globalThis.BroadcastChannel;
      const document = browser.page ?? globalThis.document;
      const who = user ?? subjectOf(request.token ?? '');
      if (locks === undefined || Channel === undefined || who === null || request.url.pathname.endsWith('/live')) {
        return transport.open(request, listener);
      }
      const page = /** @type {any} */ (globalThis);
      (page.pado ??= {}).tabs = () => [...hubs.values()].map(hub => hub.report);
      const name = nameOf(request.url, String(who));
      const hub = hubs.get(name)
        ?? new TabHub(name, request, {transport, locks, Channel, page: document, onEmpty: () => hubs.get(name) === hub && hubs.delete(name)});
      hubs.set(name, hub);
      return hub.open(request, listener);
    },
  };
}

/**
 * @param {URL} url
 * @param {string} user
 */
function nameOf(url, user) {
  const address = new URL(url);
  NOT_A_PART_OF_THE_NAME.forEach(parameter => address.searchParams.delete(parameter));
  return `pado ${user} ${address.href}`;
}

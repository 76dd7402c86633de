/**
 * What the browser knows of the network, and of the page being seen.
 *
 * @typedef {object} Network
 * @property {() => boolean} online  false only if there is certainly no network
 * @property {(listener: NetworkListener) => () => void} listen  returns what stops it
 *
 * @typedef {{online: () => void, offline: () => void, visible: () => void}} NetworkListener
 */

/** Outside of a browser there is always a network, and nothing changes. @type {Network} */
export const network = {
  online: () => globalThis.navigator?.onLine !== false,
  listen: listener => {
    if (typeof globalThis.addEventListener !== 'function' || typeof document === 'undefined') {
      return () => { };
    }
    const stop = new AbortController();
    const seen = () => document.visibilityState === 'visible' && listener.visible();
    addEventListener('online', listener.online, stop);
    addEventListener('offline', listener.offline, stop);
    addEventListener('pageshow', seen, stop);
    document.addEventListener('visibilitychange', seen, stop);
    return () => stop.abort();
  },
};

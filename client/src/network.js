/**
 * What the browser knows of the network, and of the page being seen.
 *
 * @typedef {object} Network
 * @property {() => boolean} online  false only if there is certainly no network
 * @property {() => boolean} visible  false while nobody looks at the page
 * @property {(listener: NetworkListener) => () => void} listen  returns what stops it
 *
 * @typedef {{online: () => void, offline: () => void, visible: () => void, away: () => void}} NetworkListener  `away`: the page is left; it may come back
 *     from the browser's page cache, where no page with an open line is kept
 */

const TICK = 1_000;
const SLEPT = 3_000;

/**
 * A computer that slept while a page was seen tells the page nothing; but then more time has passed than its timers know of.
 *
 * @param {() => void} woken
 * @returns {() => void} stops it
 */
function onWaking(woken) {
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - last > TICK + SLEPT) {
      woken();
    }
    last = now;
  }, TICK);
  // In Node it must not keep the process.
  /** @type {any} */ (timer).unref?.();
  return () => clearInterval(timer);
}

/** Outside of a browser there is always a network, and nothing changes but that the computer may sleep. @type {Network} */
export const network = {
  online: () => globalThis.navigator?.onLine !== false,
  visible: () => globalThis.document?.visibilityState !== 'hidden',
  listen: listener => {
    if (typeof globalThis.addEventListener !== 'function' || typeof document === 'undefined') {
      return onWaking(listener.visible);
    }
    const stop = new AbortController();
    const seen = () => document.visibilityState === 'visible' && listener.visible();
    addEventListener('online', listener.online, stop);
    addEventListener('offline', listener.offline, stop);
    addEventListener('pagehide', listener.away, stop);
    addEventListener('pageshow', listener.visible, stop);
    document.addEventListener('visibilitychange', seen, stop);
    document.addEventListener('resume', seen, stop);
    const unwatch = onWaking(seen);
    return () => {
      stop.abort();
      unwatch();
    };
  },
};

'use client';

import {useCallback, useEffect, useRef, useState, useSyncExternalStore} from 'react';
import {NONE, presences} from './shared-presence.js';
import {nothing, useLatest} from './use-connection.js';

/** @typedef {import('./friend-states.js').PresenceState} PresenceState */

/**
 * @template Selected
 * @typedef {object} UsePresenceOptions
 * @property {(states: PresenceState) => Selected} [select]  what this component needs of the states: it is rendered again only when that changes
 * @property {(before: Selected, now: Selected) => boolean} [isEqual]  whether it is still the same. Without this: the same value, or a list or
 *     an object of the same values
 * @property {string | URL} [url]  another than `/api/presence/stream` of this page's server
 * @property {import('./transport.js').Transport} [transport]
 * @property {import('./network.js').Network} [network]
 */

/**
 * Which of the user's friends are online. All components with the same token share one connection, which comes back by itself.
 *
 * @template [Selected=PresenceState]
 * @param {string | null | undefined} token  an access token; without one nothing is opened
 * @param {UsePresenceOptions<Selected>} [options]
 * @returns {{presenceState: Selected, isConnected: boolean, disconnect: () => void}} `presenceState`: the states by user id, or what was selected of
 *     them; `disconnect` closes the connection for all components that share it, until there is another token
 */
export function usePresence(token, options = {}) {
  const {url = '/api/presence/stream', transport, network, select = everything, isEqual = select === everything ? Object.is : sameValues} = options;
  const request = token ? {url, token, transport, network} : null;
  // What other components have open already is shown by the first rendering.
  const [shared, setShared] = useState(() => request && presences.find(request) || null);
  useEffect(() => {
    const found = request && presences.acquire(request);
    found === shared || setShared(found);
    found?.open();
    return () => { found && presences.release(found); };
  }, [String(url), token]);
  const subscribe = useCallback((/** @type {() => void} */ listener) => shared?.listen(listener) ?? nothing, [shared]);
  const read = useSelection(select, isEqual);
  const latest = useLatest(shared);
  return {
    presenceState: useSyncExternalStore(subscribe, () => read(shared?.states ?? NONE), () => read(NONE)),
    isConnected: useSyncExternalStore(subscribe, () => shared?.isConnected ?? false, () => false),
    disconnect: useCallback(() => latest.current?.disconnect(), []),
  };
}

/**
 * @template Selected
 * @param {(states: PresenceState) => Selected} select
 * @param {(before: Selected, now: Selected) => boolean} isEqual
 * @returns {(states: PresenceState) => Selected} gives the same object for as long as it is equal, however often `select` is a new function
 */
function useSelection(select, isEqual) {
  const last = useRef(/** @type {{states: PresenceState, select: typeof select, value: Selected} | null} */ (null));
  return useCallback(states => {
    const before = last.current;
    if (before !== null && before.states === states && before.select === select) {
      return before.value;
    }
    const now = select(states);
    const value = before !== null && isEqual(before.value, now) ? before.value : now;
    last.current = {states, select, value};
    return value;
  }, [select, isEqual]);
}

/** @param {any} states */
const everything = states => states;

/**
 * @param {any} before
 * @param {any} now
 * @returns {boolean}
 */
function sameValues(before, now) {
  if (Object.is(before, now)) {
    return true;
  }
  if (typeof before !== 'object' || typeof now !== 'object' || before === null || now === null || Array.isArray(before) !== Array.isArray(now)) {
    return false;
  }
  const names = Object.keys(before);
  return names.length === Object.keys(now).length && names.every(name => Object.hasOwn(now, name) && Object.is(before[name], now[name]));
}

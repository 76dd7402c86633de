'use client';

import {useCallback, useEffect, useRef, useState, useSyncExternalStore} from 'react';
import {presences} from './shared-presence.js';
import {subjectOf} from './subject.js';

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

/** Before anything is known, and on the server. @type {PresenceState} */
const NONE = Object.freeze({});

/** What a component sees of a presence that may become another one. */
class ShownPresence {
  /** @type {ReturnType<typeof presences.acquire> | null} */
  #shared = null;
  /** @type {string | null} */
  #user = null;
  /** @type {PresenceState} */
  #states = NONE;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /**
   * @param {ReturnType<typeof presences.find>} shared  what other components have open already, so that the first rendering shows it
   * @param {string | null | undefined} token
   */
  constructor(shared, token) {
    if (shared !== undefined && token) {
      this.#shared = shared;
      this.#user = userOf(token);
      this.#states = shared.states;
    }
  }

  /** @param {() => void} listener */
  subscribe = listener => {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  };

  /** @returns {PresenceState} */
  states = () => this.#states;

  isConnected = () => this.#shared?.isConnected ?? false;

  disconnect = () => this.#shared?.disconnect();

  /**
   * What was known stays until the other presence knows better, if it is of the same user.
   *
   * @param {ReturnType<typeof presences.acquire>} shared
   * @param {string} token
   * @returns {() => void} lets go of it
   */
  follow(shared, token) {
    const user = userOf(token);
    this.#states = user === this.#user ? this.#states : NONE;
    this.#user = user;
    this.#shared = shared;
    const stop = shared.listen(() => this.#look());
    this.#look();
    return () => {
      stop();
      this.#shared = null;
      this.#tell();
    };
  }

  /** Nobody is logged in any more. */
  forget() {
    this.#states = NONE;
    this.#user = null;
    this.#tell();
  }

  #look() {
    this.#states = this.#shared?.isKnown ? this.#shared.states : this.#states;
    this.#tell();
  }

  #tell() {
    this.#listeners.forEach(listener => listener());
  }
}

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
  const [shown] = useState(() => new ShownPresence(token ? presences.find({url, token, transport, network}) : undefined, token));
  useEffect(() => {
    if (!token) {
      shown.forget();
      return undefined;
    }
    const shared = presences.acquire({url, token, transport, network});
    const letGo = shown.follow(shared, token);
    shared.open();
    return () => {
      letGo();
      presences.release(shared);
    };
  }, [String(url), token]);
  const read = useSelection(select, isEqual);
  return {
    presenceState: useSyncExternalStore(shown.subscribe, () => read(shown.states()), () => read(NONE)),
    isConnected: useSyncExternalStore(shown.subscribe, shown.isConnected, () => false),
    disconnect: shown.disconnect,
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

/** @param {string} token */
const userOf = token => subjectOf(token) ?? token;

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

'use client';

import {useCallback, useEffect, useRef, useState, useSyncExternalStore} from 'react';

/**
 * @typedef {import('./connection.js').Connection} Connection
 * @typedef {import('./state.js').State} State
 */

/** Before there is a connection, and on the server. @type {State} */
const IDLE = Object.freeze({name: 'idle', attempt: 0});

export const nothing = () => { };

/**
 * The last value that was rendered, for callbacks.
 *
 * @template Value
 * @param {Value} value
 */
export function useLatest(value) {
  const latest = useRef(value);
  useEffect(() => { latest.current = value; });
  return latest;
}

/**
 * The state of a connection, as it changes.
 *
 * @param {Connection | null | undefined} connection  of {@link useOrders}, a `PresenceManager`, `connect(…)`, …; null: there is none now
 * @returns {State}
 */
export function useConnectionState(connection) {
  return useSyncExternalStore(useCallback(listener => connection?.on('state', listener) ?? nothing, [connection]),
    () => connection?.state ?? IDLE, () => IDLE);
}

/**
 * The state of a connection that lives from an effect to its end.
 *
 * @param {() => {connection: Connection, close: () => void} | null} open  runs as an effect; null: there is none now
 * @param {readonly unknown[]} dependencies  if one of them changes, the connection is closed and `open` runs again
 * @returns {State}
 */
export function useConnection(open, dependencies) {
  const [connection, setConnection] = useState(/** @type {Connection | null} */ (null));
  useEffect(() => {
    const opened = open();
    setConnection(opened && opened.connection);
    return opened?.close;
  }, dependencies);
  return useConnectionState(connection);
}

/**
 * The state of a connection that all parts of the page share which ask for the same.
 *
 * @template {import('./shared.js').SharedRequest} Request
 * @template {import('./shared.js').Shareable} Thing
 * @param {import('./shared.js').Shared<Request, Thing>} shared
 * @param {Request | null} request  null: there is none now
 * @param {(thing: Thing) => (() => void)} listen  opens it too; returns what stops it
 * @returns {State}
 */
export function useShared(shared, request, listen) {
  return useConnection(() => {
    if (request === null) {
      return null;
    }
    const thing = shared.acquire(request);
    const stop = listen(thing);
    return {connection: thing.connection, close: () => {
      stop();
      shared.release(thing);
    }};
  }, [request?.reader, request?.token, String(request?.url)]);
}

/** @param {(() => void)[]} stops @returns {() => void} */
export const all = stops => () => stops.forEach(stop => stop());

'use client';

import {useEffect, useState, useSyncExternalStore} from 'react';

/**
 * @typedef {import('./connection.js').Connection} Connection
 * @typedef {import('./state.js').State} State
 */

/** Before there is a connection, and on the server. @type {State} */
const IDLE = Object.freeze({name: 'idle', attempt: 0});

/** The state of the connection that there is now, as React reads it. */
class ShownState {
  /** @type {Connection | null} */
  #connection = null;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {() => void} listener */
  subscribe = listener => {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  };

  /** @returns {State} */
  now = () => this.#connection?.state ?? IDLE;

  /**
   * @param {Connection} connection
   * @returns {() => void} lets go of it
   */
  follow(connection) {
    const stop = connection.on('state', () => this.#tell());
    this.#show(connection);
    return () => {
      stop();
      this.#show(null);
    };
  }

  /** @param {Connection | null} connection */
  #show(connection) {
    this.#connection = connection;
    this.#tell();
  }

  #tell() {
    this.#listeners.forEach(listener => listener());
  }
}

/**
 * The state of a connection that lives from an effect to its end.
 *
 * @param {() => {connection: Connection, close: () => void} | null} open  runs as an effect; null: there is none now
 * @param {readonly unknown[]} dependencies  if one of them changes, the connection is closed and `open` runs again
 * @returns {State}
 */
export function useConnection(open, dependencies) {
  const [shown] = useState(() => new ShownState());
  useEffect(() => {
    const opened = open();
    if (opened === null) {
      return undefined;
    }
    const leave = shown.follow(opened.connection);
    return () => {
      leave();
      opened.close();
    };
  }, dependencies);
  return useSyncExternalStore(shown.subscribe, shown.now, () => IDLE);
}

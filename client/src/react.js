'use client';

import {createContext, createElement, useContext, useMemo, useState} from 'react';
import {createOrderSocket, reloadMessage} from './cafe.js';
import {applyOrderEvent} from './orders.js';
import {Replica} from './replica.js';
import {Shared} from './shared.js';
import {useLatest, useShared} from './use-connection.js';

export {AIResponseStream} from './ai-response-stream.js';
export {SSEVoteDisplay} from './sse-vote-display.js';
export {useChatRoom} from './use-chat-room.js';
export {useConnectionState} from './use-connection.js';
export {useRealtime} from './use-realtime.js';
export {useAISSE, useChatSSE, useSSE, useVoteSSE} from './use-sse.js';
export {usePresence} from './use-presence.js';

/**
 * @typedef {import('./cafe-events.js').Order} Order
 * @typedef {import('./cafe.js').OrderSocket} OrderSocket
 *
 * @typedef {object} Orders
 * @property {Order[]} orders  newest first
 * @property {'loading' | 'ready' | 'failed'} status  of the list
 * @property {import('./state.js').State} state  of the connection
 * @property {string | null} error  the sentence to show when the page must be reloaded
 * @property {OrderSocket | null} socket  for menus, cells and settings: `socket.on('menu:sold_out_changed', …)`; null before the
 *     first effect
 *
 * @typedef {NonNullable<Parameters<typeof createOrderSocket>[0]> & {load?: () => Promise<Order[]>}} OrderOptions  `load` fetches
 *     the orders that
 *     there are, newest first; without it the list begins empty
 */

const OrderContext = /* @__PURE__ */ createContext(/** @type {Orders | null} */ (null));

/**
 * Gives its children the orders, over one connection that lives as long as it does. Callbacks may change with each rendering;
 * another `url`
 * opens another connection.
 *
 * @param {OrderOptions & {children?: import('react').ReactNode}} props
 */
export function OrderProvider({children, ...options}) {
  const latest = useLatest(options);
  const [{orders, status}, setList] = useState({orders: /** @type {Order[]} */ ([]), status: /** @type {Orders['status']} */ ('loading')});
  const [socket, setSocket] = useState(/** @type {OrderSocket | null} */ (null));
  const state = useShared(sockets, {url: options.url, reader: latest}, opened => {
    const list = new Replica(opened.connection, {load: () => latest.current.load?.() ?? Promise.resolve([]), apply: applyOrderEvent});
    list.on('change', ({value = [], status: now}) => setList({orders: value, status: now}));
    setSocket(opened);
    return () => list.stop();
  });
  const error = state.ending?.reason === 'exhausted' ? reloadMessage(options.language) : null;

  const value = useMemo(() => ({orders, status, state, error, socket}), [orders, status, state, error, socket]);
  return createElement(OrderContext.Provider, {value}, children);
}

/**
 * @returns {Orders} of the {@link OrderProvider} around
 * @throws {Error} where there is none
 */
export function useOrders() {
  const orders = useContext(OrderContext);
  if (orders === null) {
    throw new Error('useOrders needs an <OrderProvider> around the component.');
  }
  return orders;
}

/** The socket of a provider, which callbacks of its last rendering count for. */
const sockets = /* @__PURE__ */ new Shared(({reader: latest}) => createOrderSocket({
  ...latest.current,
  token: latest.current.token && (why => latest.current.token?.(why) ?? null),
  onOpen: () => latest.current.onOpen?.(),
  onMessage: message => latest.current.onMessage?.(message),
  onReset: () => latest.current.onReset?.(),
  onClose: ending => latest.current.onClose?.(ending),
  showError: text => latest.current.showError?.(text),
}));

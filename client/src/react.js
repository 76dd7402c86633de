'use client';

import {createContext, createElement, useContext, useEffect, useMemo, useRef, useState} from 'react';
import {createOrderSocket} from './cafe.js';
import {applyOrderEvent} from './orders.js';
import {Replica} from './replica.js';
import {useConnection} from './use-connection.js';

export {AIResponseStream} from './ai-response-stream.js';
export {SSEVoteDisplay} from './sse-vote-display.js';
export {useChatRoom} from './use-chat-room.js';
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

const OrderContext = createContext(/** @type {Orders | null} */ (null));

/**
 * Gives its children the orders, over one connection that lives as long as it does. Callbacks may change with each rendering;
 * another `url`
 * opens another connection.
 *
 * @param {OrderOptions & {children?: import('react').ReactNode}} props
 */
export function OrderProvider({children, ...options}) {
  const latest = useRef(options);
  useEffect(() => { latest.current = options; });
  const [{orders, status}, setList] = useState({orders: /** @type {Order[]} */ ([]), status: /** @type {Orders['status']} */ ('loading')});
  const [error, setError] = useState(/** @type {string | null} */ (null));
  const [socket, setSocket] = useState(/** @type {OrderSocket | null} */ (null));

  const state = useConnection(() => {
    const opened = createOrderSocket({...throughLatest(latest), showError: text => {
      setError(text);
      latest.current.showError?.(text);
    }});
    const list = new Replica(opened.connection, {load: () => latest.current.load?.() ?? Promise.resolve([]), apply: applyOrderEvent});
    list.on('change', ({value = [], status: now}) => setList({orders: value, status: now}));
    opened.connection.on('state', ({name}) => name === 'open' && setError(null));
    setSocket(opened);
    return {connection: opened.connection, close: () => {
      list.stop();
      opened.close();
    }};
  }, [options.url]);

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

/**
 * The options, whose callbacks are always those of the last rendering.
 *
 * @param {{current: OrderOptions}} latest
 * @returns {OrderOptions}
 */
function throughLatest(latest) {
  return {
    ...latest.current,
    token: latest.current.token && (why => latest.current.token?.(why) ?? null),
    onOpen: () => latest.current.onOpen?.(),
    onMessage: message => latest.current.onMessage?.(message),
    onReset: () => latest.current.onReset?.(),
    onClose: ending => latest.current.onClose?.(ending),
  };
}

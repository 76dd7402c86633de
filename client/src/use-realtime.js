'use client';

import {useEffect, useMemo} from 'react';
import {askForNotifications, showNotification} from './browser-notifications.js';
import {errorOf, errorOfNotice, errorOfProblem, teller} from './realtime-error.js';
import {realtimes} from './realtime.js';
import {openShared} from './shared.js';
import {isConnectedIn} from './state.js';
import {all, useLatest, useShared} from './use-connection.js';

/**
 * @typedef {import('./realtime-events.js').Connected} Connected
 * @typedef {import('./realtime-events.js').ChatMessage} ChatMessage
 * @typedef {import('./realtime-events.js').BookingStep} BookingStep
 * @typedef {import('./realtime-events.js').UserNotification} UserNotification
 * @typedef {import('./realtime-error.js').RealtimeError} RealtimeError
 *
 * @typedef {object} RealtimeOptions
 * @property {string | null} [token]  an access token; without one nothing is opened. Another one opens another connection, which goes on where the
 *     last one was if it is of the same user
 * @property {boolean} [enabled]  false closes the connection
 * @property {(message: ChatMessage) => void} [onMessage]
 * @property {(booking: BookingStep) => void} [onBooking]
 * @property {(notification: UserNotification) => void} [onNotification]
 * @property {(connected: Connected) => void} [onConnected]  each time that a line is open
 * @property {(error: RealtimeError) => void} [onError]  what the server has to say, a line that is lost, the end of all attempts
 * @property {(notice: {reason: string, detail?: string}) => void} [onReset]  events are missing: fetch the current state again. Without it, `onError`
 *     is told
 * @property {boolean} [browserNotifications]  shows notifications by the browser too, while nobody looks at the page; asks for the permission
 *     with the first click
 * @property {string | URL} [url]  another than `/api/realtime/stream` of this page's server
 * @property {import('./transport.js').Transport} [transport]
 * @property {import('./network.js').Network} [network]
 */

/**
 * The user's chat messages, bookings and notifications, as they come. All components with the same token share one connection. What comes while it
 * is lost is told once it is back. Callbacks may change with each rendering.
 *
 * @param {RealtimeOptions} options
 * @returns {import('./state.js').State & {isConnected: boolean}} the state of the connection
 */
export function useRealtime(options) {
  const {token, enabled = true, url, browserNotifications = false, transport, network} = options;
  const latest = useLatest(options);
  const wanted = enabled && Boolean(token);
  useEffect(() => { browserNotifications && wanted && askForNotifications(); }, [browserNotifications, wanted]);
  const state = useShared(realtimes, wanted ? {url, token, transport, network} : null, shared => {
    const stop = listen(shared, latest);
    openShared(shared.connection);
    return stop;
  });
  return useMemo(() => ({...state, isConnected: isConnectedIn(state)}), [state]);
}

/**
 * @param {ReturnType<typeof realtimes.acquire>} shared
 * @param {{current: RealtimeOptions}} latest
 */
function listen({connection, connected}, latest) {
  const tell = teller(error => latest.current.onError?.(error));
  connected && latest.current.onConnected?.(connected);
  return all([
    connection.on('event', ({event, data}) => hear(event, data, latest.current)),
    connection.on('problem', ({problem}) => {
      tell(null);
      tell(errorOfProblem(problem));
    }),
    connection.on('notice', notice => heed(notice, latest.current)),
    connection.on('state', state => state.name === 'connecting' || tell(errorOf(state))),
  ]);
}

/**
 * @param {string} event
 * @param {any} data
 * @param {RealtimeOptions} options
 */
function hear(event, data, {onMessage, onBooking, onNotification, onConnected, browserNotifications}) {
  event === 'notification' && browserNotifications && showNotification(data);
  const listeners = /** @type {Record<string, ((data: any) => void) | undefined>} */ (
    {connected: onConnected, message: onMessage, booking: onBooking, notification: onNotification});
  listeners[event]?.(data);
}

/**
 * @param {import('./protocol.js').Notice} notice
 * @param {RealtimeOptions} options
 */
function heed(notice, {onReset, onError}) {
  if (notice.name === 'reset' && onReset !== undefined) {
    onReset({reason: notice.reason, detail: notice.detail});
  } else if (notice.name === 'reset' || notice.name === 'rights_lost') {
    onError?.(errorOfNotice(notice));
  }
}

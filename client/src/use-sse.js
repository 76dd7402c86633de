'use client';

import {useEffect, useRef, useState} from 'react';
import {CHANNELS} from './channels.js';
import {SharedChannels} from './shared-channels.js';
import {useConnection} from './use-connection.js';

/**
 * @typedef {object} SSEEvent  as it was sent
 * @property {string} type  `vote_update`, `chat_message`, `ai_response`, `ai_status`, `ai_complete`, `ai_error`; `reset`: events are missing, fetch the
 *     current state again
 * @property {string} [channel]
 * @property {any} [data]
 * @property {string} [content]
 *
 * @typedef {object} SSEOptions
 * @property {string | number | null} [clientId]  who this page is; without it nothing is opened
 * @property {string[]} [channels]  `votes`, `chat`, `ai`; all without it. They may change while it is open: of those that stay nothing is lost
 * @property {(event: any) => void} [onEvent]  with an {@link SSEEvent}
 * @property {() => void} [onConnect]
 * @property {() => void} [onDisconnect]
 * @property {string | null} [token]  an access token, for what is the caller's own
 * @property {string | URL} [url]  another than `/sse/events` of this page's server
 * @property {import('./transport.js').Transport} [transport]
 * @property {import('./network.js').Network} [network]
 */

/**
 * Votes, the public chat and answers as they come. All components with the same `clientId` share one connection. What comes while it is lost is told
 * once it is back. Callbacks may change with each rendering.
 *
 * @param {SSEOptions} options
 * @returns {{isConnected: boolean, lastEvent: any}} the last event, null before the first one
 */
export function useSSE(options) {
  const [lastEvent, setLastEvent] = useState(/** @type {any} */ (null));
  const latest = useRef(options);
  useEffect(() => { latest.current = options; });
  const isConnected = useChannels(options, options.channels ?? CHANNELS, {
    hear: event => {
      setLastEvent(event);
      latest.current.onEvent?.(event);
    },
    turn: isOpen => (isOpen ? latest.current.onConnect : latest.current.onDisconnect)?.(),
  });
  return {isConnected, lastEvent};
}

/**
 * @param {string | number | null | undefined} clientId
 * @param {(poll: any) => void} onUpdate  with the poll as it is now
 * @param {SSEOptions} [more]
 * @returns {{isConnected: boolean}}
 */
export function useVoteSSE(clientId, onUpdate, more) {
  return useOne('votes', clientId, event => event.channel === 'votes' && onUpdate(event.data), more);
}

/**
 * @param {string | number | null | undefined} clientId
 * @param {(message: any) => void} onMessage  with the message
 * @param {SSEOptions} [more]
 * @returns {{isConnected: boolean}}
 */
export function useChatSSE(clientId, onMessage, more) {
  return useOne('chat', clientId, event => event.channel === 'chat' && onMessage(event.data), more);
}

/**
 * @param {string | number | null | undefined} clientId
 * @param {(event: any) => void} onEvent  with `type`: `ai_response` (`content`: the next piece), `ai_complete`, `ai_error`, `ai_status`
 * @param {SSEOptions} [more]
 * @returns {{isConnected: boolean}}
 */
export function useAISSE(clientId, onEvent, more) {
  return useOne('ai', clientId, event => event.channel === 'ai' && onEvent(event), more);
}

/**
 * @param {string} channel
 * @param {SSEOptions['clientId']} clientId
 * @param {(event: any) => unknown} hear
 * @param {SSEOptions} [more]
 */
function useOne(channel, clientId, hear, more = {}) {
  const latest = useRef(hear);
  useEffect(() => { latest.current = hear; });
  const isConnected = useChannels({...more, clientId}, [channel], {hear: event => latest.current(event), turn: () => { }});
  return {isConnected};
}

/**
 * @param {SSEOptions} options
 * @param {string[]} channels
 * @param {{hear: (event: any) => void, turn: (isOpen: boolean) => void}} listener  of the first rendering counts
 * @returns {boolean} whether it is open
 */
function useChannels({clientId, token, url, transport, network}, channels, listener) {
  const [member] = useState(() => ({channels}));
  const [told] = useState(() => listener);
  const shared = useRef(/** @type {SharedChannels | null} */ (null));
  const heard = channels.join();
  const isWanted = clientId !== undefined && clientId !== null && clientId !== '';
  const {name} = useConnection(() => {
    if (!isWanted) {
      return null;
    }
    const joined = SharedChannels.of({clientId: String(clientId), token, url, transport, network});
    shared.current = joined;
    member.channels = channels;
    const stop = listen(joined.connection, member, told);
    joined.join(member);
    return {connection: joined.connection, close: () => {
      stop();
      joined.leave(member);
      shared.current = null;
    }};
  }, [isWanted ? String(clientId) : null, token, String(url)]);
  useEffect(() => {
    if (member.channels.join() !== heard) {
      member.channels = channels;
      shared.current?.join(member);
    }
  }, [heard]);
  return isOpen(name);
}

/**
 * @param {import('./connection.js').Connection} connection
 * @param {{channels: string[]}} member
 * @param {{hear: (event: any) => void, turn: (isOpen: boolean) => void}} told
 * @returns {() => void} stops it
 */
function listen(connection, member, told) {
  let wasOpen = isOpen(connection.state.name);
  wasOpen && told.turn(true);
  const stops = [
    connection.on('event', ({topic, frame}) => (member.channels.includes(topic ?? '') || topic === 'user') && told.hear(frame)),
    connection.on('reset', ({reason, detail}) => told.hear({type: 'reset', reason, detail})),
    connection.on('state', ({name}) => {
      if (isOpen(name) !== wasOpen) {
        wasOpen = !wasOpen;
        told.turn(wasOpen);
      }
    }),
  ];
  return () => stops.forEach(stop => stop());
}

/** @param {string} name  of a state */
function isOpen(name) {
  return name === 'open' || name === 'degraded';
}

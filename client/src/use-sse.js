'use client';

import {useEffect, useRef, useState} from 'react';
import {CHANNELS} from './channels.js';
import {channelsInUse} from './shared-channels.js';
import {isConnectedIn} from './state.js';
import {all, useLatest, useShared} from './use-connection.js';

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
  const isConnected = useChannels(options, options.channels ?? CHANNELS, event => {
    setLastEvent(event);
    options.onEvent?.(event);
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
function useOne(channel, clientId, hear, more) {
  return {isConnected: useChannels({...more, clientId, onConnect: undefined, onDisconnect: undefined}, [channel], hear)};
}

/**
 * @param {SSEOptions} options
 * @param {string[]} channels
 * @param {(event: any) => unknown} hear
 * @returns {boolean} whether it is open
 */
function useChannels(options, channels, hear) {
  const {clientId, token, url, transport, network} = options;
  const latest = useLatest({...options, hear});
  const [member] = useState(() => ({channels}));
  const shared = useRef(/** @type {ReturnType<typeof channelsInUse.acquire> | null} */ (null));
  const isWanted = clientId !== undefined && clientId !== null && clientId !== '';
  const isConnected = isConnectedIn(useShared(channelsInUse, isWanted ? {reader: String(clientId), token, url, transport, network} : null, common => {
    shared.current = common;
    member.channels = channels;
    common.join(member);
    const {connection} = common;
    let wasOpen = false;
    const turn = () => {
      if (isConnectedIn(connection.state) !== wasOpen) {
        wasOpen = !wasOpen;
        (wasOpen ? latest.current.onConnect : latest.current.onDisconnect)?.();
      }
    };
    turn();
    return all([
      connection.on('state', turn),
      connection.on('event', ({topic, frame}) => (member.channels.includes(topic ?? '') || topic === 'user') && latest.current.hear(frame)),
      connection.on('reset', ({reason, detail}) => latest.current.hear({type: 'reset', reason, detail})),
      () => {
        common.leave(member);
        shared.current = null;
      },
    ]);
  }));
  const heard = channels.join();
  useEffect(() => {
    if (member.channels.join() !== heard) {
      member.channels = channels;
      shared.current?.join(member);
    }
  }, [heard]);
  return isConnected;
}

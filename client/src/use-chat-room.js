'use client';

import {useEffect, useRef, useState, useSyncExternalStore} from 'react';
import {ChatRoom, EMPTY_ROOM} from './chat-room.js';
import {realtimes} from './realtime.js';
import {pathOn} from './request.js';
import {openShared} from './shared.js';
import {isConnectedIn} from './state.js';
import {subjectOf} from './subject.js';
import {all, useLatest, useShared} from './use-connection.js';

/**
 * @typedef {object} ChatRoomHookOptions
 * @property {string | null} [token]  an access token; without one the cookie of a login counts, and what others say is not heard
 * @property {string} [userName]
 * @property {string | URL} [server]  another than the page's own
 * @property {typeof fetch} [fetch]
 * @property {import('./transport.js').Transport} [transport]  of what others say
 * @property {import('./network.js').Network} [network]
 */

const noRoom = () => () => { };
const empty = () => EMPTY_ROOM;

/**
 * A room with characters: its messages, what is being sent, and the answers in the making. It shows, and goes on reading, those that a page which was
 * loaded before asked for.
 *
 * @param {string | null | undefined} roomId  without it nothing is opened
 * @param {ChatRoomHookOptions} [options]
 */
export function useChatRoom(roomId, options = {}) {
  const {token, server = '', transport, network} = options;
  const latest = useLatest(options);
  const [room, setRoom] = useState(/** @type {ChatRoom | null} */ (null));
  const current = useRef(room);
  useEffect(() => {
    if (!roomId) {
      return undefined;
    }
    const {userName, fetch} = latest.current;
    const opened = new ChatRoom(roomId, {userName, server, network, fetch, token: () => latest.current.token ?? null});
    // In StrictMode the first effect ends at once.
    const timer = setTimeout(() => opened.open(), 0);
    current.current = opened;
    setRoom(opened);
    return () => {
      clearTimeout(timer);
      opened.close();
      current.current = null;
      setRoom(null);
    };
  }, [roomId, String(server), subjectOf(token ?? '') ?? token]);
  const url = pathOn(server, '/api/realtime/stream');
  const state = useShared(realtimes, token && roomId ? {url, token, transport, network} : null, ({connection}) => {
    const stop = all([
      connection.on('event', ({event, data}) => { event === 'message' && current.current?.hear(data); }),
      connection.on('joined', ({recovered}) => { recovered || current.current?.refresh(); }),
      connection.on('reset', () => { current.current?.refresh(); }),
    ]);
    openShared(connection);
    return stop;
  });
  const view = useSyncExternalStore(room?.subscribe ?? noRoom, room?.now ?? empty, empty);
  const [actions] = useState(() => actionsOf(current));
  return {...view, ...actions, isConnected: isConnectedIn(state)};
}

/** @param {{current: ChatRoom | null}} room */
function actionsOf(room) {
  return {
    /** @param {string} message @param {{whenBusy?: 'enqueue' | 'reject' | 'interrupt'}} [how] */
    send: (message, how) => room.current?.send(message, how) ?? '',
    /** @param {string} key */
    retry: key => room.current?.retry(key),
    stop: async () => room.current?.stop(),
    more: async () => room.current?.more(),
    refresh: async () => room.current?.refresh(),
  };
}

import {byAnswer, byCode, impossible, LOST} from './ending.js';
import {problemOf} from './problem.js';

/** @typedef {import('./transport.js').LineRequest} LineRequest */

const UPGRADE_REQUIRED = 426;
const NORMAL = 1000;
const ASK_WITHIN = 5_000;

/**
 * Lines over WebSocket. The token goes as a sub-protocol, since a browser cannot set headers there. Browsers also do not tell why a
 * handshake was refused, so the same address is then asked by plain HTTP, which would be answered with the same refusal.
 *
 * @param {{WebSocket?: typeof WebSocket, fetch?: typeof fetch}} [given]  others than the browser's own
 * @returns {import('./transport.js').Transport}
 */
export function webSocket(given = {}) {
  const fetching = given.fetch ?? globalThis.fetch;
  return {
    open(request, listener) {
      try {
        const socket = new (given.WebSocket ?? globalThis.WebSocket)(socketUrl(request.url), protocols(request.token));
        return lineOver(socket, listener, () => whyRefused(request, fetching));
      } catch (error) {
        queueMicrotask(() => listener.ended(impossible(error)));
        return {say: () => { }, close: () => { }};
      }
    },
  };
}

/**
 * @param {WebSocket} socket
 * @param {import('./transport.js').LineListener} listener
 * @param {() => Promise<import('./ending.js').Ending>} refusal  of a handshake
 * @returns {import('./transport.js').Line}
 */
function lineOver(socket, listener, refusal) {
  let opened = false;
  socket.onopen = () => {
    opened = true;
    listener.opened();
  };
  socket.onmessage = message => listener.received({text: String(message.data)});
  socket.onclose = ({code, reason}) => opened ? listener.ended(byCode(code, reason)) : refusal().then(listener.ended);
  return {
    say: text => {
      if (socket.readyState === socket.OPEN) {
        socket.send(text);
      }
    },
    close: () => {
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
      socket.close(NORMAL);
    },
  };
}

/** @param {URL} url */
function socketUrl(url) {
  return url.href.replace(/^http/, 'ws');
}

/** @param {string | null} token */
function protocols(token) {
  return token === null ? [] : ['pado', `bearer.${token}`];
}

/**
 * @param {LineRequest} request
 * @param {typeof fetch} fetching
 * @returns {Promise<import('./ending.js').Ending>}
 */
async function whyRefused({url, token}, fetching) {
  try {
    const response = await fetching(url, {
      headers: token === null ? {} : {Authorization: `Bearer ${token}`},
      credentials: 'include', cache: 'no-store', signal: AbortSignal.timeout(ASK_WITHIN),
    });
    const problem = await problemOf(response);
    return problem.status === UPGRADE_REQUIRED ? LOST : byAnswer(url, response.ok, problem, 'wss://host/live');
  } catch {
    // No answer either: the server is away.
    return LOST;
  }
}

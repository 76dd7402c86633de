// Clients that people already use, all at once on one topic. Prints one line of JSON for each thing that happens to one of them.
// node clients.js http://host:port topic
import {createRequire} from 'node:module';
import {fetchEventSource} from '@microsoft/fetch-event-source';
import polyfill from 'event-source-polyfill';
import {EventSource} from 'eventsource';
import {createEventSource} from 'eventsource-client';
import {WebSocket as PartySocket} from 'partysocket';
import {WebSocket as UndiciWebSocket} from 'undici';
import {WebSocket as WsWebSocket} from 'ws';

const require = createRequire(import.meta.url);
const EventSource2 = require('eventsource2');
const ReconnectingWebSocket = require('reconnecting-websocket');
// What libraries for browsers look for.
Object.assign(globalThis, {EventSource, window: globalThis, document: {hidden: false, addEventListener() { }, removeEventListener() { }}});
const {default: ReconnectingEventSource} = await import('reconnecting-eventsource');

const [base, topic] = process.argv.slice(2);
const url = `${base}/api/stream?topic=${topic}`;
const say = what => console.log(JSON.stringify(what));

/** Tells of a message, whatever it is: an empty one has no `type`. */
const heard = (client, text) => {
  try {
    const {type, id, data} = JSON.parse(text);
    say({client, type, id, data});
  } catch {
    say({client, type: 'nonsense', data: String(text)});
  }
};

const sse = (client, source) => {
  source.onmessage = message => heard(client, message.data);
};

const live = (client, socket) => {
  let last;
  socket.addEventListener('message', ({data}) => {
    const {type, id} = JSON.parse(data);
    if (type === 'welcome') {
      socket.send(JSON.stringify(last ? {type: 'resume', positions: {[topic]: last}} : {type: 'subscribe', topics: [topic]}));
    }
    last = id ?? last;
    if (type !== 'heartbeat') {
      heard(client, data);
    }
  });
  socket.addEventListener('error', () => { });
};

sse('eventsource 4', new EventSource(url));
sse('eventsource 2', new EventSource2(url));
sse('event-source-polyfill', new polyfill.EventSourcePolyfill(url));
sse('event-source-polyfill with a header', new polyfill.EventSourcePolyfill(url, {headers: {'X-Test': '1'}}));
sse('reconnecting-eventsource', new (ReconnectingEventSource.default ?? ReconnectingEventSource)(url));
createEventSource({url, onMessage: message => heard('eventsource-client', message.data)});
fetchEventSource(url, {
  openWhenHidden: true, onmessage: message => heard('@microsoft/fetch-event-source', message.data), onerror: () => 1_000,
});
const address = `${base.replace(/^http/, 'ws')}/live`;
live('reconnecting-websocket', new (ReconnectingWebSocket.default ?? ReconnectingWebSocket)(address, [],
  {WebSocket: WsWebSocket, maxReconnectionDelay: 1_500}));
live('partysocket', new PartySocket(address, [], {WebSocket: UndiciWebSocket, maxReconnectionDelay: 1_500}));
// The test ends this when it has heard enough.
process.stdin.resume().on('end', () => process.exit(0));

/** Pado's client: one connection that comes back by itself, and goes on where it was. */
export {inspect} from './inspect.js';
export {connect} from './connect.js';
export {Connection} from './connection.js';
export {Live} from './live.js';
export {Stream} from './stream.js';
export {NamedStream} from './named-stream.js';
export {PresenceManager} from './presence.js';
export {backoff, doubling, fixed, policies} from './policy.js';
export {webSocket} from './websocket.js';
export {eventStream} from './event-stream.js';
export {Replica} from './replica.js';
export {problemOf} from './problem.js';
export {Channels} from './channels.js';

import {patience} from '/pages/patience.js';
import {token} from '/pages/session.js';
import {CafeProtocol, OrderSocket} from '/sdk/cafe.js';
import {Connection} from '/sdk/index.js';

/** The page's one connection; the page's frame opens it. */
export const connection = new Connection(new CafeProtocol(), {token, policy: patience});

/** The café's events by name. */
export const socket = new OrderSocket(connection);

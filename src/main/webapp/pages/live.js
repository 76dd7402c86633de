import {createOrderSocket} from '/sdk/cafe.js';
import {backoff} from '/sdk/index.js';
import {token} from './session.js';

/** How pages wait between attempts: for as long as it takes, since nobody stands beside a kiosk to reload it. */
export const patience = backoff({first: 1_000, most: 10_000});

/** The page's one connection. */
export const socket = createOrderSocket({token, policy: patience});

/** @type {typeof socket.connection} */
export const connection = socket.connection;

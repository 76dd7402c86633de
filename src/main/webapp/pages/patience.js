import {backoff} from '/sdk/index.js';

/** How pages wait between attempts: for as long as it takes, since nobody stands beside a kiosk to reload it. */
export const patience = backoff({first: 1_000, most: 10_000});

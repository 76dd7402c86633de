import {connectionState, staleBanner} from './connection-state.js';
import {remember} from './dom.js';
import {openFrame} from './frame.js';
import {connection} from './live.js';

/**
 * What is around each page of the café: the frame of all pages, and how it is connected.
 *
 * @param {string} page  its name, such as `kiosk`
 * @param {{tools?: HTMLElement[], login?: boolean}} [more]  as of {@link openFrame}
 */
export function openShell(page, more = {}) {
  openFrame(page, {...more, state: connectionState(connection), banner: staleBanner(connection), onEnd: () => connection.close()});
}

/** @param {string} shop  the name that the settings have, in one language or in both; empty: the product's own */
export function nameShop(shop) {
  const name = /** @type {HTMLElement} */ (document.getElementById('shop'));
  remember(name, shop === '' ? {t: 'app.name'} : {both: shop});
}

import {connectionState, staleBanner} from '/pages/connection-state.js';
import {remember} from '/pages/dom.js';
import {openFrame} from '/pages/frame.js';
import {connection} from './live.js';

/**
 * Opens what is around each page of the café: the frame of all pages, and the connection.
 *
 * @param {string} page  its name, such as `kiosk`
 * @param {{tools?: HTMLElement[], login?: boolean}} [more]  as of {@link openFrame}
 */
export function openShell(page, more = {}) {
  openFrame(page, {...more, state: connectionState(connection), banner: staleBanner(connection), onEnd: () => connection.close()});
  connection.open();
}

/** @param {string} shop  the name that the settings have, in one language or in both; empty: the product's own */
export function nameShop(shop) {
  const name = /** @type {HTMLElement} */ (document.getElementById('shop'));
  remember(name, shop === '' ? {t: 'app.name'} : {both: shop});
}

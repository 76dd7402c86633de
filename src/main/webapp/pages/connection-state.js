import {el, remember} from './dom.js';

/** @typedef {import('/sdk/connection.js').Connection} Connection */

/**
 * How the page is connected: always visible, and told to screen readers when it changes (not when the seconds do).
 *
 * @param {Connection} connection
 * @returns {HTMLElement}
 */
export function connectionState(connection) {
  const words = el('span', {role: 'status'});
  const seconds = el('span', {class: 'connection-seconds', 'aria-hidden': 'true'});
  const now = el('button', {type: 'button', class: 'small', t: 'connection.now', on: {click: () => connection.open()}});
  const box = el('div', {class: 'connection', id: 'connection'},
    el('span', {class: 'connection-dot', 'aria-hidden': 'true'}), words, seconds, now);
  const count = () => {
    const left = Math.ceil(((connection.state.retryAt ?? 0) - Date.now()) / 1_000);
    seconds.hidden = left <= 0;
    if (left > 0) {
      remember(seconds, {t: 'connection.in', args: {seconds: left}});
    }
  };
  const show = () => {
    const {name} = connection.state;
    box.dataset.state = name;
    document.body.dataset.connection = name;
    remember(words, {t: `connection.${name}`});
    now.hidden = name !== 'waiting' && name !== 'offline' && name !== 'closed';
    count();
  };
  connection.on('state', show);
  setInterval(count, 500);
  show();
  return box;
}

const SHOWN_AFTER = 1_500;

/**
 * A line across the page while what it shows may be out of date. It does not flash up for a moment's loss.
 *
 * @param {Connection} connection
 * @returns {HTMLElement}
 */
export function staleBanner(connection) {
  const banner = el('p', {class: 'banner', id: 'stale', hidden: true});
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  connection.on('state', ({name}) => {
    if (name === 'open' || name === 'degraded') {
      clearTimeout(timer);
      timer = undefined;
      banner.hidden = true;
    } else if (name !== 'connecting') {
      remember(banner, {t: name === 'closed' ? 'connection.ended' : 'connection.stale'});
      timer ??= setTimeout(() => { banner.hidden = false; }, SHOWN_AFTER);
    }
  });
  return banner;
}

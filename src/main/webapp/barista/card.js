import {el, remember} from '/pages/dom.js';
import {readyAt} from './orders.js';

/** @typedef {import('./orders.js').Order} Order */

const NEW_FOR = 8_000;
const LATE_AFTER = 10;

/**
 * @param {Order} order
 * @param {{next: (button: HTMLButtonElement) => void, cancel: () => void}} actions
 * @returns {HTMLLIElement}
 */
export function card(order, {next, cancel}) {
  const open = order.status === 'PENDING' || order.status === 'MAKING';
  const go = open && el('button', {type: 'button', class: 'next', t: order.status === 'PENDING' ? 'barista.make' : 'barista.complete',
    on: {click: event => next(event.currentTarget)}});
  const item = el('li', {class: 'card', id: order.orderId, 'data-status': order.status},
    el('header', {}, el('strong', {class: 'card-number'}), el('span', {class: 'card-age'})),
    el('ul', {class: 'card-items'}, ...order.items.map(({menuName, quantity}) =>
      el('li', {}, el('span', {both: menuName}), el('b', {}, `× ${quantity}`)))),
    el('p', {class: 'card-pay muted'}, el('span', {t: `pay.${order.payType}`}), order.cellInfo && ' · ', order.cellInfo && el('span', {both: order.cellInfo.name}), ' · ',
      el('span', {won: order.totalAmount})),
    open && el('footer', {}, go, el('button', {type: 'button', class: 'quiet', t: 'barista.cancel', on: {click: cancel}})));
  if (order.status === 'PENDING' && Date.now() - Date.parse(order.createdAt) < NEW_FOR) {
    item.classList.add('new');
  }
  return item;
}

/**
 * @param {HTMLLIElement} item
 * @param {Order} order
 */
export function fill(item, order) {
  remember(/** @type {HTMLElement} */ (item.querySelector('.card-number')), {t: 'order.number', args: {number: order.dailyNum}});
  item.dataset.since = order.status === 'COMPLETED' ? readyAt(order) : order.createdAt;
  age(item);
}

/** @param {HTMLLIElement} item  says how long ago its order came, or became ready */
export function age(item) {
  const words = /** @type {HTMLElement | null} */ (item.querySelector('.card-age'));
  if (words === null) {
    return;
  }
  const minutes = Math.floor((Date.now() - Date.parse(item.dataset.since ?? '')) / 60_000);
  remember(words, minutes < 1 ? {t: 'barista.justNow'} : {t: 'barista.minutes', args: {minutes}});
  item.classList.toggle('late', minutes >= LATE_AFTER && item.dataset.status !== 'COMPLETED');
}

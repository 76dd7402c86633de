import {get} from '/pages/api.js';
import {showReplica} from '/pages/async-view.js';
import {byId, el, list, remember} from '/pages/dom.js';
import {businessDay} from '/pages/format.js';
import {connection} from '/cafe/live.js';
import {applyOrderEvent} from '/sdk/cafe.js';
import {Replica} from '/sdk/index.js';

/** @typedef {import('/sdk/cafe-events.js').Order} Order */

const SHOWN = 200;

/** Today's orders, newest first, as they go on. */
export function openOrders() {
  let day = businessDay();
  const orders = new Replica(connection, {
    load: () => {
      day = businessDay();
      return get(`/api/orders?limit=${SHOWN}`);
    },
    apply: (/** @type {Order[]} */ value, event) => applyOrderEvent(value, event),
  });
  showReplica(byId('orders-box', HTMLElement), orders, {
    isEmpty: value => value.length === 0, empty: 'chart.empty',
    show: value => list(byId('orders', HTMLElement), value.slice(0, SHOWN), {key: order => order.orderId, create: row, update: fill}),
  });
  setInterval(() => day !== businessDay() && orders.refresh(), 30_000);
}

/** @param {Order} order */
function row(order) {
  const items = order.items.flatMap(({menuName, quantity}, i) => [i > 0 && ', ', el('span', {both: menuName}), ` × ${quantity}`]);
  return el('tr', {},
    el('th', {scope: 'row', t: 'order.number', args: {number: order.dailyNum}}),
    el('td', {time: order.createdAt}),
    el('td', {class: 'wide'}, ...items),
    el('td', {}, el('span', {t: `pay.${order.payType}`}), order.cellInfo && ' · ', order.cellInfo && el('span', {both: order.cellInfo.name})),
    el('td', {class: 'number', won: order.totalAmount}),
    el('td', {}, el('span', {class: 'status'})));
}

/**
 * @param {HTMLElement} line
 * @param {Order} order
 */
function fill(line, order) {
  line.dataset.status = order.status;
  const status = /** @type {HTMLElement} */ (line.querySelector('.status'));
  remember(status, {t: `status.${order.status}`});
  status.title = order.reason ?? '';
}

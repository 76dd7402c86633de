import {get, refusedBy} from '/pages/api.js';
import {el, list, remember} from '/pages/dom.js';
import {connection} from '/cafe/live.js';
import {applyOrderEvent} from '/sdk/cafe.js';
import {Replica} from '/sdk/index.js';

const KEY = 'pado.mine';
const MOST = 8;
/** Ready orders stay for a while, so that they are seen to be ready. */
const STAYS = 600_000;

/**
 * The last orders of this kiosk, as they go on.
 *
 * @param {HTMLUListElement} container
 * @param {HTMLElement} box  hidden while there are none
 */
export function followMine(container, box) {
  const orders = new Replica(connection, {load, apply});
  const show = () => {
    const mine = (orders.value ?? []).filter(isOfInterest);
    box.hidden = mine.length === 0;
    list(container, mine, {
      key: order => order.orderId,
      create: () => el('li', {}, el('strong', {}), el('span', {class: 'status'})),
      update: (item, order) => {
        remember(/** @type {HTMLElement} */ (item.children[0]), {t: 'order.number', args: {number: order.dailyNum}});
        remember(/** @type {HTMLElement} */ (item.children[1]), {t: `status.${order.status}`});
        item.dataset.status = order.status;
      },
    });
  };
  orders.on('change', show);
  setInterval(show, 60_000);
  return {
    /** @param {any} order */
    add: order => {
      keep([order.orderId, ...kept()]);
      orders.hear({kind: 'event', event: 'order:created', data: order});
      // It may have gone on before its answer came.
      orders.refresh();
    },
  };
}

/**
 * Where everybody hears of all orders, only the own ones count.
 *
 * @param {any[]} orders
 * @param {import('/sdk/protocol.js').Happening} event
 */
function apply(orders, event) {
  return event.event === 'order:created' && !kept().includes(event.data.orderId) ? orders : applyOrderEvent(orders, event);
}

/** @returns {Promise<any[]>} */
async function load() {
  const orders = await Promise.all(kept().map(id => get(`/api/orders/${encodeURIComponent(id)}`).catch(forgotten)));
  return orders.filter(order => order !== null);
}

/**
 * @param {unknown} error
 * @returns {null} if the server shows the order to this kiosk no more
 */
function forgotten(error) {
  const {status} = refusedBy(error).problem;
  if (status !== 401 && status !== 403 && status !== 404) {
    throw error;
  }
  return null;
}

/** @param {any} order */
function isOfInterest({status, updatedAt, completedAt, cancelledAt}) {
  const over = status === 'COMPLETED' || status === 'CANCELLED';
  return !over || Date.now() - Date.parse(completedAt ?? cancelledAt ?? updatedAt) < STAYS;
}

/** @returns {string[]} ids, the newest first */
function kept() {
  return JSON.parse(localStorage.getItem(KEY) ?? '[]');
}

/** @param {string[]} ids */
function keep(ids) {
  localStorage.setItem(KEY, JSON.stringify(ids.slice(0, MOST)));
}

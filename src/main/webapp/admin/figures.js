import {get} from '/pages/api.js';
import {showReplica} from '/pages/async-view.js';
import {byId, el, list, remember} from '/pages/dom.js';
import {businessDay} from '/pages/format.js';
import {inLanguage, onLanguage, t} from '/pages/language.js';
import {connection} from '/cafe/live.js';
import {Replica} from '/sdk/index.js';
import {bars} from './chart.js';

/**
 * @typedef {object} Figures  as `GET /api/orders/stats` has them
 * @property {string} date
 * @property {number} orders
 * @property {number} revenue
 * @property {Record<string, number>} byStatus
 * @property {{hour: number, orders: number, revenue: number}[]} perHour
 * @property {{menuId: number, menuName: string, quantity: number, revenue: number}[]} perMenu
 */

const STATUSES = ['PENDING', 'MAKING', 'COMPLETED', 'CANCELLED'];
const MENUS_SHOWN = 8;
/** Figures are asked for at once, and then at most this often. */
const PAUSE = 800;

/** Today's figures; the server counts them, and each event of an order is a reason to ask. */
export function openFigures() {
  const figures = new Replica(connection, {load: () => get('/api/orders/stats'), apply: value => value});
  const refresh = throttled(() => figures.refresh());
  connection.on('event', ({event}) => event.startsWith('order:') && refresh());
  const hours = bars(byId('chart-hours', HTMLCanvasElement), 'x');
  const sold = bars(byId('chart-menus', HTMLCanvasElement), 'y');
  const draw = (/** @type {Figures} */ value) => {
    const open = openHours(value);
    hours(open.map(({hour}) => t('chart.hour', {hour})), open.map(({orders}) => orders));
    const top = value.perMenu.slice(0, MENUS_SHOWN);
    sold(top.map(({menuName}) => inLanguage(menuName)), top.map(({quantity}) => quantity));
  };
  showReplica(byId('figures', HTMLElement), figures, {show: value => {
    showTiles(value);
    showTables(value);
    draw(value);
  }});
  onLanguage(() => figures.value && draw(figures.value));
  // A page that is open over midnight goes on with the new day.
  setInterval(() => figures.value && figures.value.date !== businessDay() && refresh(), 30_000);
}

/** @param {Figures} figures */
function showTiles({date, orders, revenue, byStatus}) {
  remember(byId('today', HTMLElement), {t: 'admin.today', args: {date}});
  const tiles = [{name: 'orders', title: 'figure.orders', value: String(orders)}, {name: 'revenue', title: 'figure.revenue', won: revenue},
    ...STATUSES.map(status => ({name: status, title: `status.${status}`, value: String(byStatus[status] ?? 0)}))];
  list(byId('tiles', HTMLElement), tiles, {
    key: tile => tile.name,
    create: ({name, title}) => el('div', {class: 'tile', 'data-figure': name}, el('dt', {t: title}), el('dd')),
    update: (tile, given) => {
      const value = /** @type {HTMLElement} */ (tile.querySelector('dd'));
      if ('won' in given) {
        remember(value, {won: given.won});
      } else {
        value.textContent = given.value;
      }
    },
  });
}

/** @param {Figures} figures */
function showTables(figures) {
  byId('table-hours', HTMLElement).replaceChildren(...openHours(figures).map(({hour, orders, revenue}) => el('tr', {},
    el('th', {scope: 'row', t: 'chart.hour', args: {hour}}), number(orders), el('td', {class: 'number', won: revenue}))));
  byId('table-menus', HTMLElement).replaceChildren(...figures.perMenu.map(({menuName, quantity, revenue}) => el('tr', {},
    el('th', {scope: 'row', both: menuName}), number(quantity), el('td', {class: 'number', won: revenue}))));
}

/** @param {number} value */
const number = value => el('td', {class: 'number'}, String(value));

/** Hours before the first order and after the last one say nothing. @param {Figures} figures */
function openHours({perHour}) {
  const used = perHour.filter(({orders}) => orders > 0).map(({hour}) => hour);
  return perHour.filter(({hour}) => hour >= Math.min(...used, 8) && hour <= Math.max(...used, 20));
}

/** @param {() => void} task */
function throttled(task) {
  let last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return () => {
    timer ??= setTimeout(() => {
      last = performance.now();
      timer = undefined;
      task();
    }, Math.max(0, last + PAUSE - performance.now()));
  };
}

import './messages.js';
import {showReplica} from '/pages/async-view.js';
import {byId, el} from '/pages/dom.js';
import {socket} from '/cafe/live.js';
import {allowed} from '/pages/login.js';
import {menus, settings} from '/cafe/replicas.js';
import {nameShop, openShell} from '/cafe/shell.js';
import {toast} from '/pages/toast.js';
import {Board} from './board.js';
import {orders} from './orders.js';
import {manageSales} from './sales.js';
import {beep, soundButton} from './sound.js';

const sales = el('button', {type: 'button', class: 'quiet', id: 'sales', t: 'barista.sales', on: {click: () => manageSales(card)}});
openShell('barista', {tools: [soundButton(), sales]});

const card = menus();

if (allowed('barista', ['barista', 'admin'])) {
  open();
}

function open() {
  const list = orders();
  const board = new Board(byId('columns', HTMLElement), list);
  showReplica(byId('columns', HTMLElement), list, {show: value => {
    board.show(value);
    announce(value);
  }});
  setInterval(() => board.age(), 15_000);
  settings().on('change', ({value}) => value && obey(value));
  socket.on('order:cancelled', order => toast({t: 'barista.cancelled', args: {number: order.dailyNum}}));
}

/** Orders that were here before; null before the first ones. @type {Set<string> | null} */
let seen = null;

/**
 * Tells of new orders, whether they were heard of or found after a longer loss of the connection.
 *
 * @param {import('./orders.js').Order[]} list
 */
function announce(list) {
  const fresh = list.filter(order => order.status === 'PENDING' && seen !== null && !seen.has(order.orderId));
  seen = new Set(list.map(order => order.orderId));
  if (fresh.length > 0) {
    beep();
  }
  fresh.reverse().forEach(order => toast({t: 'barista.new', args: {number: order.dailyNum}}));
}

/** @param {Record<string, {value: string}>} values */
function obey(values) {
  nameShop(values.shop_name?.value ?? '');
  const note = byId('note', HTMLElement);
  note.textContent = values.barista_note?.value ?? '';
  note.hidden = note.textContent === '';
}

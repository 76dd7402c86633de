import {ask as request, newKey} from '/pages/api.js';
import {showReplica} from '/pages/async-view.js';
import {ask, field, valueOf} from '/pages/dialog.js';
import {byId, el, list, remember} from '/pages/dom.js';
import {socket} from '/cafe/live.js';
import {cells} from '/cafe/replicas.js';
import {toast} from '/pages/toast.js';
import {showHistory} from './history.js';

const MOST = 100_000_000;

/** @typedef {{id: number, name: string, balance: number}} Cell */

export function openCells() {
  const all = cells();
  byId('cell-new', HTMLButtonElement).addEventListener('click', () => add(all));
  showReplica(byId('cells-box', HTMLElement), all, {
    isEmpty: value => value.length === 0, empty: 'cell.empty',
    show: value => list(byId('cells', HTMLElement), value, {key: cell => cell.id, create: row, update: fill}),
  });
  // Another admin may have added it.
  socket.on('cell:balance_changed', ({cellId}) => all.value?.some(cell => cell.id === cellId) || all.refresh());
}

/** @param {Cell} cell */
function row(cell) {
  return el('tr', {'data-cell': cell.name},
    el('th', {scope: 'row', both: cell.name}),
    el('td', {class: 'number balance'}),
    el('td', {class: 'buttons'},
      el('button', {type: 'button', class: 'small', t: 'cell.charge', on: {click: () => charge(cell)}}),
      el('button', {type: 'button', class: 'secondary small', t: 'cell.history', on: {click: () => showHistory(cell)}})));
}

/**
 * @param {HTMLElement} line
 * @param {Cell} cell
 */
function fill(line, cell) {
  remember(/** @type {HTMLElement} */ (line.querySelector('.balance')), {won: cell.balance});
}

/** @param {import('/sdk/index.js').Replica<Cell[]>} all */
async function add(all) {
  const key = newKey();
  const sent = await ask({
    title: {t: 'cell.new'}, body: [field('name', 'cell.name', {required: true, maxlength: 100})], submit: {t: 'dialog.save'},
    send: form => request('POST', '/api/cells', {body: {name: valueOf(form, 'name')}, key}),
  });
  if (sent) {
    all.refresh();
  }
}

/**
 * The key belongs to the dialog and not to the click: pressed again after an answer was lost, it charges once.
 *
 * @param {Cell} cell
 */
async function charge({id, name}) {
  const key = newKey();
  let amount = 0;
  const sent = await ask({
    title: {t: 'cell.chargeTitle', args: {name: {both: name}}},
    body: [field('amount', 'cell.amount', {type: 'number', required: true, min: 1, max: MOST, step: 1, inputmode: 'numeric'})],
    submit: {t: 'cell.charge'},
    send: form => {
      amount = Number(valueOf(form, 'amount'));
      return request('POST', `/api/cells/${id}/charge`, {body: {amount}, key});
    },
  });
  if (sent) {
    toast({t: 'cell.charged', args: {name: {both: name}, amount: {won: amount}}}, 'done');
  }
}

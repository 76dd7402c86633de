import {get} from '/pages/api.js';
import {showReplica} from '/pages/async-view.js';
import {ask} from '/pages/dialog.js';
import {el} from '/pages/dom.js';
import {connection, socket} from '/cafe/live.js';
import {Replica} from '/sdk/index.js';

const SHOWN = 100;

/**
 * What happened to a cell's points, newest first; goes on while it is open.
 *
 * @param {import('./cells.js').Cell} cell
 */
export async function showHistory({id, name}) {
  const lines = el('tbody');
  const table = el('div', {class: 'scroll'}, el('table', {}, el('thead', {}, el('tr', {},
    el('th', {t: 'table.time'}), el('th', {t: 'table.type'}), el('th', {class: 'number', t: 'table.change'}),
    el('th', {class: 'number', t: 'table.balance'}), el('th', {t: 'table.reason'}))), lines));
  const box = el('div', {}, table);
  const changes = new Replica(connection, {load: () => get(`/api/cells/${id}/history?limit=${SHOWN}`), apply: value => value});
  const stop = socket.on('cell:balance_changed', ({cellId}) => cellId === id && changes.refresh());
  showReplica(table, changes, {
    isEmpty: value => value.length === 0, empty: 'cell.noHistory',
    show: value => lines.replaceChildren(...value.map(row)),
  });
  await ask({title: {t: 'cell.historyTitle', args: {name: {both: name}}}, body: [box], class: 'wide'});
  stop();
  changes.stop();
}

/** @param {any} change  as `GET /api/cells/{id}/history` has it */
function row({updatedAt, type, changeAmount, balanceAfter, orderId, reason}) {
  return el('tr', {},
    el('td', {date: updatedAt}), el('td', {t: `change.${type}`}),
    el('td', {class: `number ${changeAmount < 0 ? 'taken' : 'given'}`, won: changeAmount}),
    el('td', {class: 'number', won: balanceAfter}), el('td', {class: 'wide muted'}, reason ?? orderId ?? ''));
}

import {get, refusedBy} from '/pages/api.js';
import {ask} from '/pages/dialog.js';
import {el, remember} from '/pages/dom.js';
import {requireLogin} from '/pages/login.js';
import {toast} from '/pages/toast.js';
import {begin, place, unanswered} from './placing.js';

const PAY_TYPES = ['CARD', 'CELL', 'CASH', 'TRANSFER'];
/** How long a guest sees the number before the next one can order. */
const NUMBER_STAYS = 30_000;

/**
 * Asks how to pay, places the order and shows its number.
 *
 * @param {import('./basket.js').Basket} basket
 * @param {(order: any) => void} placed
 */
export async function checkOut(basket, placed) {
  const cells = el('select', {name: 'cellId', required: true, label: 'kiosk.cell'});
  const cellBox = el('div', {class: 'cells', hidden: true}, el('label', {}, el('span', {t: 'kiosk.cell'}), cells));
  const loading = fillCells(cells, cellBox);
  /** @type {any} */
  let body;
  const types = payTypes(type => {
    cellBox.hidden = type !== 'CELL';
    cells.disabled = type !== 'CELL';
  });
  const sent = await ask({
    title: {t: 'kiosk.pay'}, body: [types, cellBox], class: 'checkout',
    submit: {t: 'kiosk.confirm', args: {total: {won: basket.total}}},
    send: async form => {
      await loading;
      const data = new FormData(form);
      const payType = data.get('payType');
      body = {payType, items: basket.items, ...payType === 'CELL' && {cellId: Number(data.get('cellId'))}};
    },
  });
  if (sent) {
    await send(begin(body), placed);
  }
}

/**
 * @param {(type: string) => void} choose  is told of each choice, and of the first one
 * @returns {HTMLElement}
 */
function payTypes(choose) {
  choose(PAY_TYPES[0]);
  return el('div', {class: 'pay-types'}, ...PAY_TYPES.map((type, i) => el('label', {class: 'pay-type'},
    el('input', {type: 'radio', name: 'payType', value: type, checked: i === 0, on: {change: () => choose(type)}}),
    el('span', {t: `pay.${type}`}))));
}

/**
 * Goes on with an order whose answer a reload of the page kept from coming.
 *
 * @param {(order: any) => void} placed
 */
export function finishPlacing(placed) {
  const placing = unanswered();
  if (placing !== null) {
    send(placing, placed);
  }
}

/**
 * @param {import('./placing.js').Placing} placing
 * @param {(order: any) => void} placed
 */
async function send(placing, placed) {
  const words = el('p', {t: 'kiosk.placing', role: 'status', 'aria-busy': 'true'});
  const waiting = el('dialog', {class: 'placing'}, el('article', {}, words));
  waiting.addEventListener('cancel', event => event.preventDefault());
  waiting.addEventListener('keydown', event => { event.key === 'Escape' && event.preventDefault(); });
  document.body.append(waiting);
  waiting.showModal();
  try {
    const order = await place(placing, () => remember(words, {t: 'kiosk.unsure'}));
    placed(order);
    showNumber(order);
  } catch (error) {
    const refused = refusedBy(error);
    toast(refused.sentence, 'problem');
    if (refused.problem.status === 401 || refused.problem.status === 403) {
      requireLogin('kiosk');
    }
  } finally {
    waiting.remove();
  }
}

/** @param {any} order */
function showNumber(order) {
  const timer = setTimeout(() => dialog.close(), NUMBER_STAYS);
  const dialog = el('dialog', {class: 'number', 'aria-labelledby': 'number-title', on: {close: () => {
    clearTimeout(timer);
    dialog.remove();
  }}}, el('article', {},
    el('h2', {id: 'number-title', t: 'kiosk.placed'}),
    el('p', {t: 'kiosk.yourNumber'}),
    el('p', {class: 'daily-number', id: 'daily-number'}, String(order.dailyNum)),
    el('p', {t: 'kiosk.watch'}),
    el('button', {type: 'button', class: 'big', t: 'kiosk.done', autofocus: true, on: {click: () => dialog.close()}})));
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * @param {HTMLSelectElement} select
 * @param {HTMLElement} box
 */
async function fillCells(select, box) {
  try {
    const cells = await get('/api/cells/names');
    select.append(...cells.map((/** @type {any} */ cell) => el('option', {value: cell.id, both: cell.name})));
    if (cells.length === 0) {
      box.replaceChildren(el('p', {class: 'problem', t: 'kiosk.noCells'}));
    }
  } catch (error) {
    box.replaceChildren(el('p', {class: 'problem', role: 'alert'}, refusedBy(error).sentence));
  }
}

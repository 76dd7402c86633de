import {ask as request, newKey} from '/pages/api.js';
import {ask, valueOf} from '/pages/dialog.js';
import {el} from '/pages/dom.js';
import {t} from '/pages/language.js';

const MOST = 200;
const REASONS = ['customer', 'soldOut', 'mistake'];

/**
 * Asks for a reason, then cancels.
 *
 * @param {import('./orders.js').Order} order
 * @returns {Promise<any>} the order as it is then; null if it was not cancelled
 */
export async function cancelOrder(order) {
  const key = newKey();
  const input = el('input', {name: 'reason', required: true, maxlength: MOST, autocomplete: 'off'});
  const chips = REASONS.map(name => el('button', {type: 'button', class: 'secondary small', t: `barista.reason.${name}`,
    on: {click: () => { input.value = t(`barista.reason.${name}`); }}}));
  /** @type {any} */
  let cancelled = null;
  await ask({
    title: {t: 'barista.cancelTitle', args: {number: order.dailyNum}},
    body: [
      el('div', {class: 'chips'}, ...chips),
      el('label', {}, el('span', {t: 'barista.reason'}), input),
      order.payType === 'CELL' && el('p', {class: 'muted', t: 'barista.refund'}),
    ],
    submit: {t: 'barista.cancelOrder'},
    send: async form => {
      cancelled = await request('POST', `/api/orders/${encodeURIComponent(order.orderId)}/cancel`,
        {body: {reason: valueOf(form, 'reason')}, key});
    },
  });
  return cancelled;
}

import {ask} from '/pages/dialog.js';
import {el, list} from '/pages/dom.js';
import {saleSwitch} from '/cafe/sale-switch.js';

/**
 * Lets a barista say what has sold out.
 *
 * @param {import('/sdk/index.js').Replica<import('/cafe/replicas.js').Menu[]>} card
 */
export async function manageSales(card) {
  const rows = el('ul', {class: 'sales'});
  const show = () => list(rows, card.value ?? [], {
    key: menu => menu.id,
    create: menu => el('li', {}, el('span', {both: menu.name}), saleSwitch(card, menu)),
    update: (row, menu) => {
      /** @type {HTMLInputElement} */ (row.querySelector('input')).checked = !menu.isSoldOut;
    },
  });
  const stop = card.on('change', show);
  show();
  await ask({title: {t: 'barista.sales'}, body: [rows]});
  stop();
}

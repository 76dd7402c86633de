import {ask, refusedBy} from '/pages/api.js';
import {el} from '/pages/dom.js';
import {toast} from '/pages/toast.js';

/** @typedef {import('./replicas.js').Menu} Menu */

/**
 * A switch: on while the menu is on sale.
 *
 * @param {import('/sdk/index.js').Replica<Menu[]>} card
 * @param {Menu} menu
 * @returns {HTMLElement}
 */
export function saleSwitch(card, {id, name, isSoldOut}) {
  const input = el('input', {type: 'checkbox', role: 'switch', checked: !isSoldOut, label: 'menu.onSale', args: {name: {both: name}}});
  input.addEventListener('change', async () => {
    const wanted = !input.checked;
    input.setAttribute('aria-busy', 'true');
    try {
      const menu = await ask('PATCH', `/api/menus/${id}/sold-out`, {body: {isSoldOut: wanted}});
      card.hear({kind: 'event', event: 'menu:changed', data: menu});
    } catch (error) {
      input.checked = wanted;
      toast(refusedBy(error).sentence, 'problem');
    } finally {
      input.removeAttribute('aria-busy');
    }
  });
  return el('span', {class: 'switch'}, input);
}

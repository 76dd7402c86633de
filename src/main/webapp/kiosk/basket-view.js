import {byId, el, list, remember} from '/pages/dom.js';

/**
 * @param {import('./basket.js').Basket} basket
 * @param {() => void} order  what the button does
 */
export function showBasket(basket, order) {
  const lines = byId('lines', HTMLUListElement);
  const button = byId('order', HTMLButtonElement);
  const clear = byId('clear', HTMLButtonElement);
  button.addEventListener('click', order);
  clear.addEventListener('click', () => basket.clear());
  const show = () => {
    list(lines, basket.lines, {
      key: line => line.menu.id,
      create: ({menu}) => row(basket, menu.id),
      update: fill,
    });
    const empty = basket.lines.length === 0;
    byId('basket-empty', HTMLElement).hidden = !empty;
    byId('blocked', HTMLElement).hidden = !basket.blocked;
    remember(byId('total', HTMLElement), {won: basket.total});
    button.disabled = empty || basket.blocked;
    clear.hidden = empty;
  };
  basket.on('change', show);
  show();
}

/**
 * @param {import('./basket.js').Basket} basket
 * @param {number} id  of the menu
 */
function row(basket, id) {
  const by = (/** @type {number} */ count) => () => {
    const line = basket.lines.find(({menu}) => menu.id === id);
    line && basket.change(line.menu, count);
  };
  return el('li', {},
    el('span', {class: 'line-name'}),
    el('span', {class: 'line-price'}),
    el('span', {class: 'steps'},
      el('button', {type: 'button', class: 'step less', on: {click: by(-1)}}, '−'),
      el('output', {class: 'line-quantity'}),
      el('button', {type: 'button', class: 'step more', on: {click: by(1)}}, '+')));
}

/**
 * @param {HTMLElement} item
 * @param {import('./basket.js').BasketLine} line
 */
function fill(item, {menu, quantity}) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (item.querySelector(name));
  item.classList.toggle('sold-out', menu.isSoldOut);
  remember(part('.line-name'), {both: menu.name});
  part('.line-quantity').textContent = String(quantity);
  remember(part('.line-price'), menu.isSoldOut ? {t: 'order.soldOut'} : {won: menu.price * quantity});
  remember(part('.less'), {label: 'kiosk.less', args: {name: {both: menu.name}}});
  remember(part('.more'), {label: 'kiosk.more', args: {name: {both: menu.name}}});
}

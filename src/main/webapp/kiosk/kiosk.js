import './messages.js';
import {get} from '/pages/api.js';
import {showReplica} from '/pages/async-view.js';
import {byId} from '/pages/dom.js';
import {socket} from '/cafe/live.js';
import {requireLogin} from '/pages/login.js';
import {menus, settings} from '/cafe/replicas.js';
import {nameShop, openShell} from '/cafe/shell.js';
import {toast} from '/pages/toast.js';
import {Basket} from './basket.js';
import {showBasket} from './basket-view.js';
import {checkOut, finishPlacing} from './checkout.js';
import {whenIdle} from './idle.js';
import {MenuGrid} from './menu-grid.js';
import {followMine} from './mine.js';

openShell('kiosk', {login: false});

const basket = new Basket();
const grid = new MenuGrid(byId('menus', HTMLUListElement), byId('categories', HTMLDivElement), menu => basket.add(menu));
const card = menus();
const rules = settings();
const mine = followMine(byId('mine', HTMLUListElement), byId('mine-box', HTMLElement));

showReplica(byId('menus', HTMLUListElement), card, {
  isEmpty: list => list.length === 0, empty: 'kiosk.empty',
  show: list => {
    grid.show(list);
    basket.know(list);
  },
});
showBasket(basket, order);
rules.on('change', ({value}) => { value && obey(value); });
socket.on('menu:sold_out_changed', ({menuName, isSoldOut}) =>
  toast({t: isSoldOut ? 'kiosk.nowSoldOut' : 'kiosk.back', args: {name: {both: menuName}}}));

whenIdle(() => {
  closeCheckout();
  basket.clear();
});
mayOrder();
finishPlacing(placed);

async function order() {
  await checkOut(basket, placed);
}

/** @param {any} order */
function placed(order) {
  basket.clear();
  mine.add(order);
}

/** @param {Record<string, {value: string}>} values */
function obey(values) {
  const closed = values.is_kiosk_active?.value === 'false';
  byId('closed', HTMLElement).hidden = !closed;
  byId('counter', HTMLElement).hidden = closed;
  nameShop(values.shop_name?.value ?? '');
  const notice = byId('notice', HTMLElement);
  notice.textContent = values.notice?.value ?? '';
  notice.hidden = closed || notice.textContent === '';
  if (closed) {
    closeCheckout();
  }
}

function closeCheckout() {
  document.querySelectorAll('dialog.checkout').forEach(dialog => dialog instanceof HTMLDialogElement && dialog.close());
}

/** The demo takes orders of everybody; elsewhere the kiosk logs in once. */
async function mayOrder() {
  try {
    await get('/api/cells/names');
  } catch (error) {
    const status = /** @type {import('/pages/api.js').Refused} */ (error).problem.status;
    if (status === 401 || status === 403) {
      requireLogin('kiosk');
    }
  }
}

import {ask as request, newKey} from '/pages/api.js';
import {showReplica} from '/pages/async-view.js';
import {ask, field, valueOf} from '/pages/dialog.js';
import {byId, el, list, remember} from '/pages/dom.js';
import {saleSwitch} from '/cafe/sale-switch.js';
import {toast} from '/pages/toast.js';

/**
 * @typedef {import('/cafe/replicas.js').Menu} Menu
 * @typedef {import('/sdk/index.js').Replica<Menu[]>} Card
 */

/** @param {Card} card */
export function openMenus(card) {
  byId('menu-new', HTMLButtonElement).addEventListener('click', () => edit(card, null));
  showReplica(byId('menus-box', HTMLElement), card, {
    isEmpty: value => value.length === 0, empty: 'menu.empty',
    show: value => list(byId('menus', HTMLElement), value, {key: menu => menu.id, create: menu => row(card, menu), update: fill}),
  });
}

/**
 * @param {Card} card
 * @param {Menu} menu
 */
function row(card, menu) {
  const now = () => card.value?.find(each => each.id === menu.id) ?? menu;
  return el('tr', {'data-menu': menu.name},
    el('th', {scope: 'row'}, el('span', {class: 'menu-name'}), el('small', {class: 'muted menu-description'})),
    el('td', {class: 'menu-category'}),
    el('td', {class: 'number menu-price'}),
    el('td', {}, saleSwitch(card, menu)),
    el('td', {}, el('button', {type: 'button', class: 'secondary small', t: 'menu.edit', on: {click: () => edit(card, now())}})));
}

/**
 * @param {HTMLElement} line
 * @param {Menu} menu
 */
function fill(line, menu) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (line.querySelector(name));
  remember(part('.menu-name'), {both: menu.name});
  remember(part('.menu-description'), {both: menu.description});
  remember(part('.menu-category'), {both: menu.category});
  remember(part('.menu-price'), {won: menu.price});
  /** @type {HTMLInputElement} */ (part('input')).checked = !menu.isSoldOut;
  line.classList.toggle('sold-out', menu.isSoldOut);
}

/**
 * Of two editors the second one is told that the first one was quicker: the version says what was seen.
 *
 * @param {Card} card
 * @param {Menu | null} menu  null: a new one
 */
async function edit(card, menu) {
  const key = newKey();
  const categories = [...new Set(card.value?.map(each => each.category))];
  /** @type {any} */
  let saved;
  const sent = await ask({
    title: {t: menu === null ? 'menu.new' : 'menu.editTitle'},
    body: fields(menu, categories),
    submit: {t: 'dialog.save'},
    send: async form => {
      const body = {...read(form), ...menu && {version: menu.version}};
      saved = menu === null ? await request('POST', '/api/menus', {body, key}) : await request('PATCH', `/api/menus/${menu.id}`, {body});
    },
  });
  if (sent) {
    card.hear({kind: 'event', event: 'menu:changed', data: saved});
    toast({t: 'menu.saved', args: {name: {both: saved.name}}}, 'done');
  }
}

/**
 * @param {Menu | null} menu
 * @param {string[]} categories  that there are
 */
function fields(menu, categories) {
  return [
    field('name', 'menu.name', {required: true, maxlength: 100, value: menu?.name}),
    field('price', 'menu.price', {type: 'number', required: true, min: 0, max: 10_000_000, step: 1, inputmode: 'numeric', value: menu?.price}),
    field('category', 'menu.category', {required: true, maxlength: 50, list: 'categories', value: menu?.category}),
    el('datalist', {id: 'categories'}, ...categories.map(value => el('option', {value}))),
    field('description', 'menu.description', {maxlength: 500, value: menu?.description}),
    field('position', 'menu.position', {type: 'number', min: 0, max: 1_000_000, step: 1, inputmode: 'numeric', value: menu?.position}),
  ];
}

/** @param {HTMLFormElement} form */
function read(form) {
  const position = valueOf(form, 'position');
  return {
    name: valueOf(form, 'name'), price: Number(valueOf(form, 'price')), category: valueOf(form, 'category'),
    description: valueOf(form, 'description'), ...position !== '' && {position: Number(position)},
  };
}

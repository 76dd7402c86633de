import {el, list, remember} from '/pages/dom.js';

/** @typedef {import('/sdk/cafe-events.js').Menu} Menu */

const TINTS = 6;

/** The menus as big buttons, by category. */
export class MenuGrid {
  #grid;
  #tabs;
  #choose;
  /** @type {Menu[]} */
  #menus = [];
  /** The chosen category; empty: all of them. */
  #category = '';

  /**
   * @param {HTMLUListElement} grid
   * @param {HTMLElement} tabs
   * @param {(menu: Menu) => void} choose
   */
  constructor(grid, tabs, choose) {
    this.#grid = grid;
    this.#tabs = tabs;
    this.#choose = choose;
  }

  /** @param {Menu[]} menus */
  show(menus) {
    this.#menus = menus;
    const categories = this.#categories();
    if (!categories.includes(this.#category)) {
      this.#category = '';
    }
    list(this.#tabs, ['', ...categories], {
      key: category => `c${category}`,
      create: category => el('button', {type: 'button', class: 'category', ...category === '' ? {t: 'kiosk.all'} : {both: category},
        on: {click: () => this.#turnTo(category)}}),
      update: (tab, category) => tab.setAttribute('aria-pressed', String(category === this.#category)),
    });
    list(this.#grid, menus.filter(menu => this.#category === '' || menu.category === this.#category), {
      key: menu => menu.id,
      create: menu => this.#tile(menu.id),
      update: (tile, menu) => fill(tile, menu, categories.indexOf(menu.category) % TINTS),
    });
  }

  #categories() {
    return [...new Set(this.#menus.map(menu => menu.category))];
  }

  /** @param {string} category */
  #turnTo(category) {
    this.#category = category;
    this.show(this.#menus);
  }

  /** @param {number} id */
  #tile(id) {
    const choose = () => {
      const menu = this.#menus.find(each => each.id === id);
      if (menu !== undefined && !menu.isSoldOut) {
        this.#choose(menu);
      }
    };
    return el('li', {}, el('button', {type: 'button', class: 'tile', on: {click: choose}},
      el('span', {class: 'tile-picture', 'aria-hidden': 'true'}),
      el('span', {class: 'tile-name'}),
      el('span', {class: 'tile-description'}),
      el('span', {class: 'tile-foot'}, el('span', {class: 'tile-price'}), el('span', {class: 'badge', t: 'order.soldOut'}))));
  }
}

/**
 * @param {HTMLElement} item
 * @param {Menu} menu
 * @param {number} tint  number of a colour
 */
function fill(item, menu, tint) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (item.querySelector(name));
  const tile = part('.tile');
  item.dataset.tint = String(tint);
  // Not `disabled`: a screen reader should still find it, and hear that it is sold out.
  tile.setAttribute('aria-disabled', String(menu.isSoldOut));
  tile.classList.toggle('sold-out', menu.isSoldOut);
  remember(part('.tile-name'), {both: menu.name});
  remember(part('.tile-description'), {both: menu.description});
  remember(part('.tile-price'), {won: menu.price});
  part('.badge').hidden = !menu.isSoldOut;
}

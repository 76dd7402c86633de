import {Emitter} from '/sdk/emitter.js';

/**
 * @typedef {import('/sdk/cafe-events.js').Menu} Menu
 * @typedef {{menu: Menu, quantity: number}} BasketLine
 */

/** The server takes no more of one menu in an order. */
export const MOST = 100;

/** What a guest has chosen so far. @extends {Emitter<{change: Basket}>} */
export class Basket extends Emitter {
  /** @type {BasketLine[]} */
  lines = [];

  get total() {
    return this.lines.reduce((sum, {menu, quantity}) => sum + menu.price * quantity, 0);
  }

  /** Whether something in it has sold out meanwhile. */
  get blocked() {
    return this.lines.some(({menu}) => menu.isSoldOut);
  }

  /** @param {Menu} menu */
  add(menu) {
    this.change(menu, 1);
  }

  /**
   * @param {Menu} menu
   * @param {number} by  how many more, or fewer
   */
  change(menu, by) {
    const line = this.lines.find(each => each.menu.id === menu.id);
    const quantity = Math.min((line?.quantity ?? 0) + by, MOST);
    this.lines = line === undefined ? [...this.lines, {menu, quantity}]
      : this.lines.map(each => each === line ? {menu, quantity} : each).filter(each => each.quantity > 0);
    this.emit('change', this);
  }

  clear() {
    this.lines = [];
    this.emit('change', this);
  }

  /** Prices and what is sold out may change while a guest chooses. @param {Menu[]} menus */
  know(menus) {
    this.lines = this.lines.flatMap(line => {
      const menu = menus.find(each => each.id === line.menu.id);
      return menu === undefined ? [] : [{...line, menu}];
    });
    this.emit('change', this);
  }

  /** @returns {{menuId: number, quantity: number}[]} as an order has it */
  get items() {
    return this.lines.map(({menu, quantity}) => ({menuId: menu.id, quantity}));
  }
}

import {ask, refusedBy} from '/pages/api.js';
import {byId, list} from '/pages/dom.js';
import {toast} from '/pages/toast.js';
import {cancelOrder} from './cancel.js';
import {age, card, fill} from './card.js';
import {readyAt} from './orders.js';

/** @typedef {import('./orders.js').Order} Order */

const READY_SHOWN = 20;
const NEXT = /** @type {Record<string, string>} */ ({PENDING: 'MAKING', MAKING: 'COMPLETED'});

/** The orders in three columns. What is to be done comes oldest first, what is ready newest first. */
export class Board {
  #columns;
  #replica;

  /**
   * @param {HTMLElement} columns
   * @param {import('/sdk/index.js').Replica<Order[]>} replica
   */
  constructor(columns, replica) {
    this.#columns = columns;
    this.#replica = replica;
  }

  /** @param {Order[]} orders  newest first */
  show(orders) {
    const of = (/** @type {string} */ status) => orders.filter(order => order.status === status);
    this.#fill('PENDING', of('PENDING').reverse());
    this.#fill('MAKING', of('MAKING').reverse());
    this.#fill('COMPLETED', of('COMPLETED').sort((a, b) => readyAt(b).localeCompare(readyAt(a))).slice(0, READY_SHOWN));
  }

  /** Lets all cards say anew how old their orders are. */
  age() {
    this.#columns.querySelectorAll('li').forEach(age);
  }

  /**
   * @param {string} status
   * @param {Order[]} orders
   */
  #fill(status, orders) {
    byId(`count-${status}`, HTMLElement).textContent = String(orders.length);
    list(byId(`orders-${status}`, HTMLUListElement), orders, {
      key: order => order.orderId,
      create: order => card(order, {next: button => this.#next(order, button), cancel: () => this.#cancel(order)}),
      update: fill,
    });
  }

  /**
   * @param {Order} order
   * @param {HTMLButtonElement} button
   */
  async #next({orderId, status}, button) {
    if (button.getAttribute('aria-busy') === 'true') {
      return;
    }
    button.setAttribute('aria-busy', 'true');
    try {
      const order = await ask('PATCH', `/api/orders/${encodeURIComponent(orderId)}/status`, {body: {status: NEXT[status]}});
      this.#hear('order:status_changed', order);
    } catch (error) {
      const refused = refusedBy(error);
      toast(refused.sentence, 'problem');
      refused.code === 'illegal-status' && this.#replica.refresh();
    } finally {
      button.removeAttribute('aria-busy');
    }
  }

  /** @param {Order} order */
  async #cancel(order) {
    const cancelled = await cancelOrder(order);
    if (cancelled !== null) {
      this.#hear('order:cancelled', {...cancelled, cancelledAt: cancelled.updatedAt});
    }
  }

  /**
   * The answer says what the event will say, only sooner.
   *
   * @param {string} event
   * @param {any} data
   */
  #hear(event, data) {
    this.#replica.hear({kind: 'event', event, data});
  }
}

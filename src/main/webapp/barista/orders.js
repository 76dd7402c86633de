import {get} from '/pages/api.js';
import {businessDay} from '/pages/format.js';
import {connection} from '/cafe/live.js';
import {applyOrderEvent} from '/sdk/cafe.js';
import {Replica} from '/sdk/index.js';

/** @typedef {import('/sdk/cafe-events.js').Order & {updatedAt?: string}} Order */

const READY_SHOWN = 20;
const ALL = 1_000;

/** The orders that are to be made, those of the last day included, and those that were made last; newest first. */
export function orders() {
  return new Replica(connection, {load, apply: applyOrderEvent});
}

/**
 * Asked for one status after the other, in the order in which orders go through them: one that goes on meanwhile is then found twice,
 * and never missed.
 *
 * @returns {Promise<Order[]>}
 */
async function load() {
  const found = new Map();
  const yesterday = businessDay(1);
  for (const query of [`status=PENDING&limit=${ALL}`, `status=PENDING&limit=${ALL}&date=${yesterday}`, `status=MAKING&limit=${ALL}`,
    `status=MAKING&limit=${ALL}&date=${yesterday}`, `status=COMPLETED&limit=${READY_SHOWN}`]) {
    for (const order of await get(`/api/orders?${query}`)) {
      found.set(order.orderId, order);
    }
  }
  return [...found.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** When an order became ready. @param {Order} order */
export function readyAt({completedAt, updatedAt, createdAt}) {
  return completedAt?.toISOString() ?? updatedAt ?? createdAt;
}

/**
 * @typedef {import('./cafe-events.js').Order} Order
 * @typedef {import('./cafe-events.js').OrderStatus} OrderStatus
 */

/** An order only ever goes forward, so of two states the one that is further on is the newer one, whichever was heard last. */
const PROGRESS = {PENDING: 0, MAKING: 1, COMPLETED: 2, CANCELLED: 2};

/**
 * A list of orders, newest first, after an event. What says nothing new gives the same list.
 *
 * @template {Order} Each
 * @param {Each[]} orders
 * @param {{event: string, data: any}} event
 * @returns {Each[]}
 */
export function applyOrderEvent(orders, {event, data}) {
  switch (event) {
    case 'order:created':
      return orders.some(order => order.orderId === data.orderId) ? orders : [data, ...orders];
    case 'order:status_changed':
      return step(orders, data.orderId, data.status, data.status === 'COMPLETED' ? {completedAt: new Date(data.updatedAt)} : {});
    case 'order:cancelled':
      return step(orders, data.orderId, 'CANCELLED', {cancelledAt: new Date(data.cancelledAt), reason: data.reason});
    default:
      return orders;
  }
}

/**
 * @template {Order} Each
 * @param {Each[]} orders
 * @param {string} orderId
 * @param {OrderStatus} status
 * @param {Partial<Order>} more
 * @returns {Each[]}
 */
function step(orders, orderId, status, more) {
  const forward = orders.some(order => order.orderId === orderId && PROGRESS[order.status] < PROGRESS[status]);
  return forward ? orders.map(order => order.orderId === orderId ? {...order, status, ...more} : order) : orders;
}

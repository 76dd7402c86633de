/**
 * The café's events as `/ws` sends them (docs/protocol.md). Times are ISO-8601 in UTC, money is whole won.
 *
 * @typedef {'PENDING' | 'MAKING' | 'COMPLETED' | 'CANCELLED'} OrderStatus
 *
 * @typedef {object} OrderItem
 * @property {string} menuName
 * @property {number} quantity
 * @property {number} totalPrice
 *
 * @typedef {object} OrderCreated
 * @property {string} orderId
 * @property {number} dailyNum  what is called out; from 1 on each business day
 * @property {string} payType
 * @property {{id: number, name: string}} [cellInfo]  the cell that pays, if payType is CELL
 * @property {OrderItem[]} items
 * @property {number} totalAmount
 * @property {OrderStatus} status
 * @property {string} createdAt
 *
 * @typedef {object} OrderStatusChanged
 * @property {string} orderId
 * @property {number} dailyNum
 * @property {OrderStatus} status
 * @property {OrderStatus} previousStatus
 * @property {string} updatedAt
 *
 * @typedef {{orderId: string, dailyNum: number, reason: string, cancelledAt: string}} OrderCancelled
 * @typedef {{menuId: number, menuName: string, isSoldOut: boolean, updatedAt: string}} SoldOutChanged
 *
 * @typedef {object} Menu
 * @property {number} id
 * @property {string} name
 * @property {number} price
 * @property {string} category
 * @property {string} description
 * @property {boolean} isSoldOut
 * @property {number} position
 * @property {number} version  counts the edits
 *
 * @typedef {object} BalanceChanged
 * @property {number} cellId
 * @property {string} cellName
 * @property {number} balanceBefore
 * @property {number} balanceAfter
 * @property {number} changeAmount
 * @property {'CHARGE' | 'USE' | 'REFUND' | 'ADJUST'} type
 * @property {string} updatedAt
 *
 * @typedef {{key: string, value: string, updatedBy: {id: number, name: string}, updatedAt: string}} SettingChanged
 *
 * @typedef {{
 *   'order:created': OrderCreated,
 *   'order:status_changed': OrderStatusChanged,
 *   'order:cancelled': OrderCancelled,
 *   'menu:sold_out_changed': SoldOutChanged,
 *   'menu:changed': Menu,
 *   'cell:balance_changed': BalanceChanged,
 *   'settings:changed': SettingChanged,
 * }} CafeEvents  `menu:changed` is a new or edited menu, and not in the café's document
 *
 * @typedef {OrderCreated & {completedAt?: Date, cancelledAt?: Date, reason?: string}} Order  as a list of orders holds it
 */

export {};

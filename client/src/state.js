/**
 * @typedef {'idle' | 'connecting' | 'open' | 'degraded' | 'waiting' | 'offline' | 'closed'} StateName  degraded: open, but the
 *     server's store
 *     is away; waiting: for the next attempt; offline: the same, and the
 *     browser knows of no network; closed: no more attempts, see `ending`
 *
 * @typedef {object} State
 * @property {StateName} name
 * @property {number} attempt  failures in a row, 0 while all is well
 * @property {number} [retryAt]  when the next attempt begins (epoch milliseconds), while waiting or offline
 * @property {import('./ending.js').Ending} [ending]  why there is no line
 *
 * @typedef {(why: {renew: boolean}) => string | null | Promise<string | null>} TokenSource  is asked before each attempt for an
 *     access token that
 *     counts now; `renew`: the last one was refused, or is about to end. null: go without one. A rejection is a failed attempt
 *
 * @typedef {object} ConnectionEvents
 * @property {State} state
 * @property {import('./protocol.js').Happening} event
 * @property {import('./protocol.js').Joined} joined
 * @property {import('./protocol.js').Notice} notice  any; `reset` has a name of its own too
 * @property {import('./protocol.js').Notice} reset  events are missing: fetch the current state again
 * @property {import('./protocol.js').Refusal} problem
 */

/**
 * @param {State} state
 * @returns {boolean}
 */
export const isConnectedIn = ({name}) => name === 'open' || name === 'degraded';

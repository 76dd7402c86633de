/**
 * When to try again.
 *
 * @typedef {object} Policy
 * @property {number} settled  milliseconds that a connection must have been open before failures are counted from zero again
 * @property {(attempt: number, least: number) => number | null} delay  how long to wait before the attempt (1, 2, …), in
 *     milliseconds, at least
 *     what the server asked for; null: no more attempts
 */

/**
 * Full jitter, without end: a random time that may be twice as long after each failure, so that a server that comes back is not
 * met by all
 * of its clients in the same second.
 *
 * @param {{first?: number, most?: number, random?: () => number}} [options]  milliseconds of the first and of the longest wait
 * @returns {Policy}
 */
export function backoff({first = 1_000, most = 30_000, random = Math.random} = {}) {
  return {settled: 5_000, delay: (attempt, least) => least + random() * Math.min(most, first * 2 ** (attempt - 1))};
}

/**
 * The same wait each time, and an end, as older clients have it.
 *
 * @param {{every: number, most?: number}} options  milliseconds between two attempts; how many of them may fail in a row
 * @returns {Policy}
 */
export function fixed({every, most = Infinity}) {
  return {settled: 0, delay: (attempt, least) => attempt > most ? null : Math.max(every, least)};
}

/**
 * Twice as long each time, and an end.
 *
 * @param {{first?: number, most?: number}} [options]  milliseconds of the first wait; how many attempts in a row may fail
 * @returns {Policy}
 */
export function doubling({first = 1_000, most = 5} = {}) {
  return {settled: 0, delay: (attempt, least) => attempt > most ? null : Math.max(first * 2 ** (attempt - 1), least)};
}

/** What browsers wait for where the server says nothing (HTML leaves it to them: a few seconds). */
const EVENT_SOURCE_WAITS = 3_000;
/** @type {Policy} */
const likeEventSource = {settled: 0, delay: (_, least) => least || EVENT_SOURCE_WAITS};

/** As the documents of the five systems have it; the last one leaves it open. */
export const policies = {
  /** After 1, 2, 4, 8 and 16 s, then no more. */
  realtime: doubling(),
  /** Each 5 s, 5 times. */
  cafe: fixed({every: 5_000, most: 5}),
  /** As an EventSource does: after the time that the server named, without end. */
  channels: likeEventSource,
  presence: likeEventSource,
  chat: backoff(),
};

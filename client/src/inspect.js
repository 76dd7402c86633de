/** @typedef {import('./connection.js').Connection} Connection */

/**
 * @typedef {object} Report  one connection, for people who look for a fault
 * @property {string} address  where its next line would be opened, without tokens
 * @property {import('./state.js').State} state
 * @property {string} [connectionId]  by which the server knows the line
 * @property {number} events  how many were told
 * @property {any} [lastEvent]  without its data; `at`: epoch milliseconds
 * @property {{at: number, what: string, detail?: string}[]} log  the last states, notices and refusals, oldest first
 */

const LOGGED = 30;
const GONE = 5;

/** @type {Map<Connection, {report: () => Report, stop: () => void}>} */
const open = new Map();
/** @type {Report[]} */
let gone = [];

/**
 * What this page has open, and the last ones that it closed. In a browser's console it is `pado.inspect()`, once there was a connection.
 *
 * @returns {Report[]} the newest one last
 */
export function inspect() {
  return [...gone, ...[...open.values()].map(({report}) => report())];
}

/** @param {Connection} connection  that is opened */
export function enlist(connection) {
  const page = /** @type {any} */ (globalThis);
  (page.pado ??= {}).inspect ??= inspect;
  /** @type {Report['log']} */
  const log = [];
  let events = 0;
  /** @type {any} */
  let lastEvent;
  const note = (/** @type {string} */ what, /** @type {string | undefined} */ detail) => {
    log.push({at: Date.now(), what, detail});
    log.splice(0, log.length - LOGGED);
  };
  const stops = [
    connection.on('state', ({name, ending}) => note(name, ending && `${ending.reason}: ${ending.detail ?? ''}`)),
    connection.on('notice', ({name, reason, topics}) => note(name, `${reason} ${topics ?? ''}`)),
    connection.on('problem', ({topic, problem}) => note('problem', `${topic ?? ''} ${problem.detail}`)),
    connection.on('event', ({id, topic, event}) => {
      events++;
      lastEvent = {id, topic, event, at: Date.now()};
    }),
  ];
  open.set(connection, {
    report: () => {
      const {address, state, connectionId} = connection;
      ['token', 'ticket'].forEach(secret => address.searchParams.delete(secret));
      return {address: address.href, state, connectionId, events, lastEvent, log: [...log]};
    },
    stop: () => stops.forEach(stop => stop()),
  });
}

/** @param {Connection} connection  that is closed */
export function strike(connection) {
  const entry = open.get(connection);
  if (entry !== undefined && open.delete(connection)) {
    entry.stop();
    gone = [...gone, entry.report()].slice(-GONE);
  }
}

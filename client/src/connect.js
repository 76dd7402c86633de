import {Connection} from './connection.js';

/**
 * Opens a connection.
 *
 * @param {import('./protocol.js').Protocol} protocol  `new Live(…)`, `Stream.ofTopics(…)`, …
 * @param {ConstructorParameters<typeof Connection>[1]} [options]
 */
export function connect(protocol, options) {
  const connection = new Connection(protocol, options);
  connection.open();
  return connection;
}

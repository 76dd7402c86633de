import {notices} from './protocol.js';
import {Stream} from './stream.js';
import {addressOf} from './transport.js';

/** The stream of one run: an answer in the making. There is no greeting; after the run's last event it ends. */
export class RunStream extends Stream {
  greets = false;
  #addressOf;

  /**
   * @param {() => URL | string} address  without the place to go on from
   * @param {import('./transport.js').Transport} transport
   */
  constructor(address, transport) {
    super('', {}, transport);
    this.#addressOf = address;
  }

  address() {
    return addressOf(this.#addressOf(), {last_event_id: this.last});
  }

  /**
   * @protected
   * @param {Record<string, any>} data
   * @param {import('./transport.js').Message} message
   * @returns {import('./protocol.js').Signal[]}
   */
  meaning(data, {id}) {
    const said = id === undefined ? notices(data.type, data) : [];
    return said.length > 0 ? said : [{kind: 'event', id, event: data.type, data}];
  }
}

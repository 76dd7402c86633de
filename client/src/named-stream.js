import {notices} from './protocol.js';
import {Stream} from './stream.js';

/**
 * Server-Sent Events whose names say what they are, as a feature's own endpoint sends them: `connected` first, then the feature's events, `error`
 * with a problem, and the server's notices. `connected` is told as an event too, each time that a line opens. What the stream asks for by `retry:`
 * is meant for browsers' own EventSource; here the policy alone says when to try again.
 */
export class NamedStream extends Stream {
  /**
   * @protected
   * @param {Record<string, any>} data
   * @param {import('./transport.js').Message} message
   * @returns {import('./protocol.js').Signal[]}
   */
  meaning(data, {event = 'message', id}) {
    if (event === 'connected') {
      const {connectionId, userId, roles, recovered = false, gaps = []} = data;
      // Its id is the place to go on from, which may be that of the event before; as an event it has none, so that it is never taken for a repetition.
      return [{kind: 'greeting', connectionId, userId, roles}, {kind: 'joined', topics: [], recovered, gaps}, {kind: 'event', event, data}];
    }
    if (event === 'error') {
      return [{kind: 'problem', problem: /** @type {any} */ (data)}];
    }
    const said = id === undefined ? notices(event, data) : [];
    return said.length > 0 ? said : [{kind: 'event', id, event, data}];
  }
}

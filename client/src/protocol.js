/**
 * What is said on a line: how to begin and to resume, and what the server's messages mean. One protocol object serves one connection over
 * all of its lines, and remembers what came last.
 *
 * @typedef {object} Protocol
 * @property {import('./transport.js').Transport} transport
 * @property {boolean} greets  whether the server speaks first: then a line counts as open only after its greeting
 * @property {number} heartbeat  milliseconds within which something comes, until the greeting says another number
 * @property {() => URL} address  where to open the next line
 * @property {(say: (text: string) => void, again: boolean) => Signal[]} opened  a line is there; `again`: not for the first time
 * @property {(message: import('./transport.js').Message) => Signal[]} read
 * @property {() => void} ended  the line is gone
 * @property {string} question  makes the server give a sign of life; empty where one cannot ask
 *
 * @typedef {Greeting | Happening | Notice | Joined | Missed | Refusal | Refused} Signal
 *
 * @typedef {object} Greeting  the server's first words
 * @property {'greeting'} kind
 * @property {number} [heartbeat]  milliseconds
 * @property {number} [retry]  milliseconds to wait before coming back
 * @property {string} [connectionId]
 * @property {number} [userId]  left out without a token
 * @property {string[]} [roles]
 *
 * @typedef {object} Happening  an event
 * @property {'event'} kind
 * @property {string} [id]
 * @property {string} [topic]  or channel
 * @property {string} event  what it is
 * @property {string} [key]
 * @property {string} [time]  ISO-8601
 * @property {any} data
 * @property {any} [frame]  of an unnamed event: all of its JSON, of which `data` is a part
 *
 * @typedef {object} Notice  what the server itself has to say
 * @property {'notice'} kind
 * @property {'reset' | 'degraded' | 'recovered' | 'lagged' | 'rights_lost' | 'token_expiring' | 'closing'} name
 * @property {string} reason
 * @property {string} [detail]
 * @property {string[]} [topics]  those that it concerns; all without them
 * @property {number} [dropped]
 * @property {number} [replaced]
 *
 * @typedef {object} Joined  how the way into the live events went
 * @property {'joined'} kind
 * @property {string[]} topics
 * @property {boolean} recovered  whether it goes on where it was, with nothing lost in between
 * @property {string[]} gaps  topics that are no longer complete
 *
 * @typedef {object} Missed  an event was sent on this line that did not come, so the line must be given up and resumed
 * @property {'missed'} kind
 * @property {string} id  of the event
 *
 * @typedef {object} Refusal  of something that was asked for on the line
 * @property {'problem'} kind
 * @property {import('./problem.js').Problem} problem
 * @property {string} [topic]  that may not be heard, or cannot now; all others go on
 * @property {any} [ref]
 *
 * @typedef {object} Refused  nothing of what was asked for is heard on this line, or something is not for the moment: it ends like one that was refused
 * @property {'refused'} kind
 * @property {import('./problem.js').Problem} problem
 */

const NOTICES = new Set(['reset', 'degraded', 'recovered', 'lagged', 'rights_lost', 'token_expiring', 'closing']);

/**
 * @param {string} name
 * @param {Record<string, any>} fields
 * @returns {Notice[]} none if there is no such notice
 */
export function notices(name, fields) {
  const {reason = '', detail, topics, dropped, replaced} = fields;
  return NOTICES.has(name)
    ? [{kind: 'notice', name: /** @type {Notice['name']} */ (name), reason, detail, topics, dropped, replaced}] : [];
}

/**
 * Why a line to the server ended, and what to do about it (docs/protocol.md).
 *
 * @typedef {object} Ending
 * @property {string} reason  one word for programs: the server's own, or `lost`, `silent`, `refused`, `wrong-address`
 * @property {string} [detail]  one sentence for people
 * @property {'retry' | 'renew' | 'final'} then  try again; try again with a fresh token; it would be the same again
 * @property {number} [least]  milliseconds that the server asked to wait
 * @property {import('./problem.js').Problem} [problem]  the refusal, if there was one
 */

/** What the words of a close frame, or of a `closing` notice, mean whatever the code beside them; `stopping` and `slow` mean what their codes do. */
const WORDS = /** @type {Record<string, Ending['then']>} */ ({
  'gone': 'retry', 'flooding': 'retry', 'your message did not end': 'retry',
  'token-expired': 'renew', 'rights-changed': 'renew', 'logged-out': 'renew', 'ended': 'final',
});

/** RFC 6455, section 7.4.1: 1000 is a normal end; 1002, 1003, 1007 and 1009 blame what this client sent, and would do so again. */
const FINAL_CODES = new Set([1000, 1002, 1003, 1007, 1009]);
const POLICY_VIOLATION = 1008;
const NOT_FOUND = 404;
const NAMES = /** @type {Record<number, string>} */ ({1000: 'ended', 1001: 'going-away', 1005: 'lost', 1006: 'lost', 1008: 'refused'});

/** The line broke, or was never there. @type {Ending} */
export const LOST = {reason: 'lost', then: 'retry'};

/** Nothing was heard for too long. @type {Ending} */
export const SILENT = {reason: 'silent', then: 'retry'};

/** The page was left. @type {Ending} */
export const AWAY = {reason: 'away', then: 'retry'};

/** Too many, not ready, not there yet: a server that says so lives, and takes the same later. */
const PASSING = [NOT_FOUND, 429, 503];

/**
 * What an ending means for the attempts. A browser without a network may be wrong (the server may be on this machine), so it goes on trying; but that
 * uses up no attempt. Neither does a page that nobody sees, nor a refusal that passes.
 *
 * @param {Ending} ending  that is tried again
 * @param {boolean} online
 * @param {boolean} visible  whether the page is seen
 * @returns {'counts' | 'grows' | 'stays'}
 */
export function countsAs(ending, online, visible) {
  const passes = PASSING.includes(ending.problem?.status ?? 0);
  return !online || ending === AWAY ? 'stays' : passes || !visible ? 'grows' : 'counts';
}

/**
 * @param {string} reason  the server's word
 * @param {string} [detail]
 * @returns {Ending}
 */
export function byWord(reason, detail) {
  return {reason, detail, then: WORDS[reason] ?? 'retry'};
}

/**
 * @param {number} code  of a WebSocket's close frame
 * @param {string} words  of the same
 * @returns {Ending}
 */
export function byCode(code, words) {
  const reason = words || NAMES[code] || `close-${code}`;
  const byCodeAlone = FINAL_CODES.has(code) ? 'final' : code === POLICY_VIOLATION ? 'renew' : 'retry';
  return {reason, then: WORDS[words] ?? byCodeAlone};
}

/**
 * What a proxy says, or a server whose application is not there yet (a 404), is no reason to give up.
 *
 * @param {import('./problem.js').Problem} problem  a refusal over HTTP
 * @returns {Ending}
 */
export function byProblem(problem) {
  const {status, type} = problem;
  const passes = status === 408 || status === 429 || status >= 500 || !type.startsWith('urn:pado:problem:');
  const then = status === 401 ? 'renew' : passes ? 'retry' : 'final';
  return {reason: 'refused', detail: problem.detail, then, least: problem.retryAfter, problem};
}

/**
 * An answer of HTTP that is not what was asked for. At the root of a server that can only be a wrong address; elsewhere it may pass, if
 * something between here and the server answered in its place.
 *
 * @param {URL} url
 * @param {boolean} ok  whether its status says that all is well
 * @param {import('./problem.js').Problem} problem  what it was otherwise
 * @param {string} example  of a right address
 * @returns {Ending}
 */
export function byAnswer(url, ok, problem, example) {
  const ours = problem.type.startsWith('urn:pado:problem:');
  if (ours || !ok && problem.status !== NOT_FOUND) {
    return byProblem(problem);
  }
  const found = {...problem, detail: `${url.origin}${url.pathname} was answered with ${problem.status} and ${problem.media ?? 'nothing'}, by something else than Pado`
    + ` or at another path than its: url must be the whole address, such as ${example}.`};
  return url.pathname === '/' ? {reason: 'wrong-address', detail: found.detail, then: 'final', problem: found} : byProblem(found);
}

/**
 * The browser itself refuses, because of how the address or the token is written: it would do so again.
 *
 * @param {unknown} error
 * @returns {Ending}
 */
export function impossible(error) {
  return {reason: 'refused', detail: String(error), then: 'final'};
}

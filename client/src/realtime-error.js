/**
 * What a page should know of its connection, as one sentence. What the server refused has the fields of its problem too.
 *
 * @typedef {Error & Partial<import('./problem.js').Problem> & {reason: string, willRetry: boolean}} RealtimeError  `reason`: one word for programs;
 *     `willRetry`: whether the connection is open, or is opened again by itself
 */

const EXHAUSTED = 'The connection to the server is lost, and could not be opened again. Please reload the page.';
const RETRIES = 'The connection to the server is lost. It is opened again.';
const FINAL = 'The connection to the server has ended.';

/**
 * @param {import('./state.js').State} state
 * @returns {RealtimeError | null} null if nothing is wrong: also where the server stops and has said so, for another one answers, and
 *     where the page is left
 */
export function errorOf({name, ending}) {
  if (ending === undefined || name === 'connecting' || ending.reason === 'closed') {
    return null;
  }
  const willRetry = name !== 'closed';
  if (willRetry && (ending.reason === 'stopping' || ending.reason === 'away')) {
    return null;
  }
  const sentence = ending.problem?.detail ?? (willRetry ? RETRIES : ending.reason === 'exhausted' ? EXHAUSTED : ending.detail ?? FINAL);
  return told(sentence, {...ending.problem, reason: ending.reason, willRetry, cause: ending.detail});
}

/**
 * @param {import('./problem.js').Problem} problem  that the server told on an open line. It ends the line if it is about the token
 * @returns {RealtimeError}
 */
export function errorOfProblem(problem) {
  return told(problem.detail ?? problem.title ?? FINAL, {...problem, reason: 'problem', willRetry: problem.status !== 401});
}

/**
 * @param {import('./protocol.js').Notice} notice  of something that the page does not get
 * @returns {RealtimeError}
 */
export function errorOfNotice({name, detail}) {
  return told(detail || 'Events are missing. Fetch the current state again.', {reason: name, willRetry: true});
}

/**
 * Attempts that fail one after the other in the same way are told once, and so is an end that the server gave a problem for.
 *
 * @param {(error: RealtimeError) => void} tell
 * @returns {(error: RealtimeError | null) => void}  null: all is well
 */
export function teller(tell) {
  /** @type {RealtimeError | null} */
  let told = null;
  return error => {
    if (error !== null && (error.message !== told?.message || error.willRetry !== told.willRetry)) {
      tell(error);
    }
    told = error;
  };
}

/**
 * @param {string} sentence
 * @param {Record<string, any>} fields
 * @returns {RealtimeError}
 */
function told(sentence, fields) {
  return /** @type {RealtimeError} */ (Object.assign(new Error(sentence), fields));
}

import {ask} from './request.js';
import {questionPaths, roomPaths} from './run.js';

/**
 * Asks the language model. The answer comes on the `ai` channel, and by `Run.ofQuestion`.
 *
 * @param {string} question
 * @param {import('./request.js').Request & {clientId?: string}} [asker]  with a `token` the answer is its user's; else of who listens as `clientId`.
 *     `key`: the same key again is the same question, and can be stopped before the answer to this came
 * @returns {Promise<{runId: string}>} rejected with an Error with the fields of a problem
 */
export async function askAI(question, {clientId, ...request} = {}) {
  return (await ask('POST', '/api/ai/chat', {...request, body: {question, client_id: clientId}})).json();
}

/**
 * The caller's answers under way, which a page that was loaded again goes on reading.
 *
 * @param {import('./request.js').Asker & {clientId?: string, roomId?: string}} asker  `roomId`: those of a room; else those of questions
 * @returns {Promise<{runId: string, state: string, opened: string, text: string}[]>}
 */
export async function runsUnderWay({clientId, roomId, ...request}) {
  const query = clientId === undefined ? '' : `?client_id=${encodeURIComponent(clientId)}`;
  return (await ask('GET', roomId === undefined ? `/api/ai/runs${query}` : `/api/chat/rooms/${encodeURIComponent(roomId)}/runs`, request)).json();
}

/**
 * Stops an answer, for all of its readers.
 *
 * @param {string} runId  or, of a question, its Idempotency-Key
 * @param {import('./request.js').Asker & {clientId?: string, isOfRoom?: boolean}} [asker]  `isOfRoom`: it is one of a chat room
 */
export async function stopRun(runId, {clientId, isOfRoom = false, ...request} = {}) {
  const [path] = (isOfRoom ? roomPaths('') : questionPaths(clientId)).stop(runId);
  await ask('POST', path, request);
}

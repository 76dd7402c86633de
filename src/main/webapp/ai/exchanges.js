import {Emitter} from '/sdk/emitter.js';
import {askAI, Run, runsUnderWay, stopRun} from '/sdk/ai.js';
import {newKey, refusedBy} from '/pages/api.js';

/**
 * @typedef {object} Exchange  a question and its answer
 * @property {string} key  of the question, which makes it the same one however often it is sent
 * @property {string | null} question  null: it was asked on another page
 * @property {import('/sdk/run.js').RunView} answer
 */

const KEY = 'pado.ai.questions';
const CLIENT = 'pado.ai.client';
const MOST = 30;
const ENDED = ['complete', 'stopped', 'failed'];

/**
 * The questions of this browser and their answers, oldest first. They are kept over a reload, and so is what is still being answered: the server has it.
 *
 * @extends {Emitter<{change: Exchange[]}>}
 */
export class Exchanges extends Emitter {
  /** @type {Exchange[]} */
  list;
  #options;
  #kept;

  /**
   * @param {string} owner  whose they are: another login has others
   * @param {import('/sdk/state.js').TokenSource} token
   */
  constructor(owner, token) {
    super();
    this.#kept = `${KEY}.${owner}`;
    this.#options = {token, clientId: clientId()};
    this.list = this.#stored();
    addEventListener('storage', ({key}) => key === this.#kept && this.#adopt());
  }

  /** @returns {boolean} */
  get isAnswering() {
    return this.list.some(({answer}) => !ENDED.includes(answer.state));
  }

  /** Goes on with what is under way. */
  async open() {
    this.list.filter(({answer}) => !ENDED.includes(answer.state)).forEach(each => this.#go(each));
    for (const {runId, state, text} of await runsUnderWay(this.#options)) {
      if (!this.list.some(({answer}) => answer.runId === runId)) {
        this.#add({key: runId, question: null, answer: {runId, state: /** @type {any} */ (state), text}});
      }
    }
  }

  /** @param {string} question */
  ask(question) {
    this.#add({key: newKey(), question, answer: {state: 'sending', text: ''}});
  }

  /** @param {string} key  of a question that failed before it was taken */
  again(key) {
    const exchange = this.list.find(each => each.key === key);
    if (exchange?.question) {
      this.#become(key, {state: 'sending', problem: undefined});
      this.#go({...exchange, answer: {state: 'sending', text: ''}});
    }
  }

  /** Stops what is under way, also what has not begun yet. */
  async stop() {
    const going = this.list.filter(({answer}) => !ENDED.includes(answer.state));
    await Promise.all(going.map(({key, answer}) => stopRun(answer.runId ?? key, this.#options)));
  }

  clear() {
    this.#show(this.list.filter(({answer}) => !ENDED.includes(answer.state)));
  }

  /** @returns {Exchange[]} */
  #stored() {
    return JSON.parse(localStorage.getItem(this.#kept) ?? '[]');
  }

  /** Another tab has asked something, or cleared. */
  #adopt() {
    const stored = this.#stored();
    const isThere = (/** @type {Exchange[]} */ list, /** @type {string} */ key) => list.some(each => each.key === key);
    const fresh = stored.filter(({key}) => !isThere(this.list, key));
    this.list = [...this.list.filter(({key, answer}) => isThere(stored, key) || !ENDED.includes(answer.state)), ...fresh];
    this.emit('change', this.list);
    fresh.filter(({answer}) => !ENDED.includes(answer.state)).forEach(each => this.#go(each));
  }

  /** @param {Exchange} exchange */
  #add(exchange) {
    this.#show([...this.list, exchange].slice(-MOST));
    this.#go(exchange);
  }

  /** @param {Exchange} exchange */
  async #go({key, question, answer}) {
    try {
      const runId = answer.runId ?? (await askAI(question ?? '', {...this.#options, key})).runId;
      this.#become(key, {runId, state: answer.runId === undefined ? 'waiting' : answer.state});
      Run.ofQuestion(runId, this.#options).on('change', view => this.#become(key, view));
    } catch (error) {
      this.#become(key, {state: 'failed', problem: refusedBy(error).problem});
    }
  }

  /**
   * @param {string} key
   * @param {Partial<import('/sdk/run.js').RunView>} answer
   */
  #become(key, answer) {
    this.#show(this.list.map(each => each.key === key ? {...each, answer: {...each.answer, ...answer}} : each));
  }

  /** @param {Exchange[]} list */
  #show(list) {
    this.list = list;
    localStorage.setItem(this.#kept, JSON.stringify(list));
    this.emit('change', list);
  }
}

/** Who asks without a login. */
function clientId() {
  const id = localStorage.getItem(CLIENT) ?? newKey();
  localStorage.setItem(CLIENT, id);
  return id;
}

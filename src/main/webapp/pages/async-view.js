import {el, remember} from './dom.js';

/**
 * A replica, or what is as one: what was fetched, how that went, and when it changes.
 *
 * @template Value
 * @typedef {object} Fetched
 * @property {Value} [value]
 * @property {'loading' | 'ready' | 'failed'} status
 * @property {() => unknown} refresh
 * @property {(name: 'change', listener: () => void) => unknown} on
 */

/**
 * Shows what a replica has: that it is loading, that it failed (with a way to try again), that there is nothing, or the content.
 *
 * @template Value
 * @param {HTMLElement} content  shown while there is a value that is not empty
 * @param {Fetched<Value>} replica
 * @param {object} how
 * @param {(value: Value) => void} how.show
 * @param {(value: Value) => boolean} [how.isEmpty]
 * @param {string} [how.empty]  message
 */
export function showReplica(content, replica, {show, isEmpty = () => false, empty = ''}) {
  const words = el('p', {class: 'state-words', role: 'status'});
  const retry = el('button', {type: 'button', class: 'secondary', t: 'state.retry', on: {click: () => replica.refresh()}});
  const state = el('div', {class: 'state'}, words, retry);
  content.before(state);
  const render = () => {
    const {value, status} = replica;
    const nothing = value !== undefined && isEmpty(value);
    remember(words, {t: status === 'failed' ? 'state.failed' : value === undefined ? 'state.loading' : empty});
    words.setAttribute('aria-busy', String(value === undefined && status === 'loading'));
    retry.hidden = status !== 'failed';
    state.hidden = value !== undefined && !nothing && status !== 'failed';
    content.hidden = value === undefined || nothing;
    if (value !== undefined) {
      show(value);
    }
  };
  replica.on('change', render);
  render();
}

import {ask, refusedBy} from '/pages/api.js';
import {showReplica} from '/pages/async-view.js';
import {byId, el, list} from '/pages/dom.js';
import {toast} from '/pages/toast.js';

/**
 * @typedef {{id: string, kind: string, group?: string, cause: string, body: string}} DeadJob
 * @typedef {{counts: Record<string, number>, dead: DeadJob[]}} Queue
 * @typedef {import('/pages/polled.js').Polled<Queue>} Polled
 */

/** The work queue: how much there is, and jobs that nobody does any more. @param {Polled} polled */
export function openQueue(polled) {
  showReplica(byId('queue', HTMLElement), polled, {show: ({counts, dead}) => {
    list(byId('queue-facts', HTMLElement), Object.entries(counts), {
      key: ([name]) => name,
      create: ([name]) => el('div', {'data-count': name}, el('dt', {t: `queue.${name}`}), el('dd')),
      update: (box, [, value]) => { /** @type {HTMLElement} */ (box.querySelector('dd')).textContent = String(value); },
    });
    list(byId('dead', HTMLElement), dead, {key: ({id}) => id, create: job => row(job, polled), update: () => {}});
  }});
}

/** @param {DeadJob} job @param {Polled} polled */
function row({id, kind, cause, body}, polled) {
  /** @param {'retry' | 'drop'} word */
  const button = word => el('button', {type: 'button', class: 'secondary small', 'data-do': word, t: `queue.do.${word}`, label: `queue.do.${word}Of`, args: {kind},
    on: {click: (/** @type {Event} */ {currentTarget}) => act(/** @type {HTMLElement} */ (currentTarget), id, word, polled)}});
  return el('li', {}, el('span', {class: 'who'}, el('strong', {}, kind), el('span', {class: 'problem'}, cause), el('code', {class: 'mono'}, String(body).slice(0, 500))),
    button('retry'), button('drop'));
}

/** @param {HTMLElement} button @param {string} id @param {'retry' | 'drop'} word @param {Polled} polled */
async function act(button, id, word, polled) {
  if (button.getAttribute('aria-busy') === 'true') {
    return;
  }
  button.setAttribute('aria-busy', 'true');
  const path = `/api/queue/dead/${encodeURIComponent(id)}`;
  try {
    await (word === 'retry' ? ask('POST', `${path}/retry`) : ask('DELETE', path));
    byId('queue-title', HTMLElement).focus();
    toast({t: `queue.done.${word}`}, 'done');
  } catch (error) {
    toast(refusedBy(error).sentence, 'problem');
  } finally {
    button.removeAttribute('aria-busy');
  }
  await polled.refresh();
}

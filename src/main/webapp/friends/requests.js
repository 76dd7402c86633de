import {ask, Refused, refusedBy} from '/pages/api.js';
import {showReplica} from '/pages/async-view.js';
import {valueOf} from '/pages/dialog.js';
import {byId, el, list} from '/pages/dom.js';
import {t} from '/pages/language.js';
import {user} from '/pages/session.js';
import {toast} from '/pages/toast.js';

/**
 * @typedef {import('./friends.js').FriendRequest} FriendRequest
 * @typedef {import('./friends.js').Mine} Mine
 * @typedef {import('/pages/polled.js').Polled<Mine>} Polled
 */

/** Who was shown to have asked; null before the first answer. @type {Set<number> | null} */
let seen = null;

/** Shows the open requests, and sends others. @param {Polled} mine */
export function openRequests(mine) {
  openForm(mine);
  showReplica(byId('requests', HTMLElement), mine, {show: ({incoming, outgoing}) => {
    list(byId('incoming', HTMLElement), incoming, {key: ({id}) => id, create: request => row(request, answers(request, mine)), update: () => {}});
    list(byId('outgoing', HTMLElement), outgoing, {key: ({id}) => id, create: request => row(request, []), update: () => {}});
    incoming.filter(({id}) => seen !== null && !seen.has(id)).forEach(({name}) => toast({t: 'friends.asked', args: {name}}));
    seen = new Set(incoming.map(({id}) => id));
  }});
}

/**
 * @param {FriendRequest} request
 * @param {HTMLElement[]} buttons
 */
function row({name}, buttons) {
  return el('li', {}, el('span', {class: 'who'}, el('strong', {}, name)), ...buttons);
}

/**
 * @param {FriendRequest} request
 * @param {Polled} mine
 */
function answers({id, name}, mine) {
  /** @param {'accept' | 'decline'} word @param {string} done  message */
  const button = (word, done) => el('button', {type: 'button', class: word === 'accept' ? 'small accept' : 'secondary small decline',
    t: `friends.${word}`, label: `friends.${word}Of`, args: {name}, on: {click: (/** @type {Event} */ {currentTarget}) =>
      busily(/** @type {HTMLElement} */ (currentTarget), async () => {
        try {
          await ask('POST', `/api/friends/requests/${id}/${word}`);
          byId('requests-title', HTMLElement).focus();
          toast({t: done, args: {name}}, 'done');
        } catch (error) {
          toast(refusedBy(error).sentence, 'problem');
        }
        await mine.refresh();
      })}});
  return [button('accept', 'friends.now'), button('decline', 'friends.declined')];
}

/** @param {Polled} mine */
function openForm(mine) {
  const form = byId('ask', HTMLFormElement);
  const problem = byId('ask-problem', HTMLElement);
  const button = /** @type {HTMLElement} */ (form.querySelector('button'));
  form.addEventListener('submit', event => {
    event.preventDefault();
    busily(button, async () => {
      problem.hidden = true;
      try {
        await send(valueOf(form, 'friend'));
        form.reset();
      } catch (error) {
        problem.textContent = refusedBy(error).sentence;
        problem.hidden = false;
      }
      await mine.refresh();
    });
  });
}

/** The same request once more is the same one. @param {string} email */
async function send(email) {
  if (email.toLowerCase() === user()?.email.toLowerCase()) {
    throw new Refused({type: 'about:blank', title: 'Oneself', status: 400, detail: t('friends.self')});
  }
  const {name, status} = await ask('POST', '/api/friends/requests', {body: {email}});
  toast({t: status === 'accepted' ? 'friends.now' : 'friends.sent', args: {name}}, 'done');
}

/**
 * A second click meanwhile does nothing.
 *
 * @param {HTMLElement} button
 * @param {() => Promise<void>} task
 */
async function busily(button, task) {
  if (button.getAttribute('aria-busy') !== 'true') {
    button.setAttribute('aria-busy', 'true');
    await task().finally(() => button.removeAttribute('aria-busy'));
  }
}

import {el, remember} from '/pages/dom.js';
import {user} from '/pages/session.js';

/**
 * @typedef {{id: number, label: string, votes: number, percent: number}} Option
 * @typedef {{pollId: number, title: string, closed: boolean, totalVotes: number, options: Option[], version: number}} Poll
 */

const MINE = 'pado.votes';

/** What was voted for in this browser, by poll. @returns {Record<string, number>} */
const mine = () => JSON.parse(localStorage.getItem(MINE) ?? '{}');

/**
 * @param {Poll} poll
 * @param {{vote: (pollId: number, optionId: number) => Promise<boolean>, close: (pollId: number) => void}} doings
 */
export function card({pollId, title, options}, {vote, close}) {
  const box = el('section', {class: 'part poll', 'aria-labelledby': `poll-${pollId}`},
    el('header', {}, el('h2', {id: `poll-${pollId}`, both: title}), el('span', {class: 'muted total', role: 'status'})),
    el('ul', {class: 'options'}, ...options.map(({id, label}) => el('li', {}, el('button', {type: 'button', 'data-option': id, on: {click: () => choose(id)}},
      el('span', {class: 'bar-fill', 'aria-hidden': 'true'}), el('span', {class: 'label', both: label}), el('span', {class: 'count'}))))),
    user()?.roles.includes('admin') && el('p', {}, el('button', {type: 'button', class: 'quiet small end', t: 'votes.close', on: {click: () => close(pollId)}})));
  /** @param {number} optionId */
  async function choose(optionId) {
    if (await vote(pollId, optionId)) {
      localStorage.setItem(MINE, JSON.stringify({...mine(), [pollId]: optionId}));
      press(box, pollId);
    }
  }
  return box;
}

/** @param {HTMLElement} box @param {Poll} poll */
export function fill(box, {pollId, closed, totalVotes, options}) {
  remember(/** @type {HTMLElement} */ (box.querySelector('.total')), {t: closed ? 'votes.closedTotal' : 'votes.total', args: {count: totalVotes}});
  for (const {id, votes, percent} of options) {
    const button = /** @type {HTMLButtonElement} */ (box.querySelector(`[data-option="${id}"]`));
    button.disabled = closed;
    /** @type {HTMLElement} */ (button.querySelector('.bar-fill')).style.width = `${percent}%`;
    remember(/** @type {HTMLElement} */ (button.querySelector('.count')), {t: 'votes.count', args: {votes, percent}});
  }
  const end = box.querySelector('.end');
  end instanceof HTMLElement && (end.hidden = closed);
  press(box, pollId);
}

/** @param {HTMLElement} box @param {number} pollId */
function press(box, pollId) {
  const chosen = String(mine()[pollId] ?? '');
  box.querySelectorAll('[data-option]').forEach(button => button.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (button).dataset.option === chosen)));
}

import {el} from './dom.js';

/** Milliseconds. */
const STAYS = {news: 6_000, done: 3_000, problem: 8_000};
const MOST = 4;

/**
 * Says something for a while, to screen readers too.
 *
 * @param {import('./dom.js').Parts | string} words  a message, or a sentence
 * @param {'news' | 'done' | 'problem'} [kind]
 */
export function toast(words, kind = 'news') {
  const box = document.getElementById('toasts') ?? made();
  const text = typeof words === 'string' ? el('span', {}, words) : el('span', words);
  const item = el('li', {class: `toast toast-${kind}`}, text,
    el('button', {type: 'button', class: 'plain', label: 'dialog.close', on: {click: () => item.remove()}}, '×'));
  box.append(item);
  while (box.children.length > MOST) {
    box.firstElementChild?.remove();
  }
  // Shown anew, it lies above a dialog that was opened since.
  box.hidePopover?.();
  box.showPopover?.();
  setTimeout(() => item.remove(), STAYS[kind]);
}

function made() {
  const box = el('ul', {id: 'toasts', popover: 'manual', role: 'log', 'aria-live': 'assertive', 'aria-relevant': 'additions'});
  document.body.append(box);
  return box;
}

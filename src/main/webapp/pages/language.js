import {MESSAGES} from './messages.js';
import {formatDate, formatTime, formatWon, UNKNOWN} from './format.js';

/**
 * What the page says, in the language of the browser or the one that was chosen here. An element remembers what it says as data,
 * so that all of
 * them can say it in another language at once:
 * `data-t` a message (with `data-args`, JSON), `data-label` and `data-hint` the same for `aria-label` and `placeholder`,
 * `data-both` a text that may have both languages, `data-won` an amount, `data-time` and `data-date` an instant.
 */

const KEY = 'pado.language';
/** @type {Set<() => void>} */
const listeners = new Set();
let current = chosen();

/** @returns {'ko' | 'en'} */
function chosen() {
  const kept = localStorage.getItem(KEY);
  return kept === 'ko' || kept === 'en' ? kept : navigator.language.startsWith('ko') ? 'ko' : 'en';
}

/** @returns {'ko' | 'en'} */
export function language() {
  return current;
}

/** Changes to the other language, and keeps it for the next visit. */
export function switchLanguage() {
  current = current === 'ko' ? 'en' : 'ko';
  localStorage.setItem(KEY, current);
  translate(document.documentElement);
  listeners.forEach(listener => listener());
}

/** @param {() => void} listener  for what no element can say, such as a chart */
export function onLanguage(listener) {
  listeners.add(listener);
}

/**
 * @param {string} key  of a message
 * @param {Record<string, unknown>} [args]
 * @returns {string} of a key that has no message its last part, such as the `paused` of `booking.paused`: data may name states that the
 *     pages do not know
 */
export function t(key, args = {}) {
  const text = MESSAGES[key]?.[current === 'ko' ? 0 : 1] ?? word(key);
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(args[name] ?? whole));
}

/** A page says what it has to say beside what all pages say, before anything is said. @param {Record<string, [string, string]>} words  as {@link MESSAGES} */
export function learn(words) {
  Object.assign(MESSAGES, words);
}

/** @param {string} key */
function word(key) {
  const last = key.slice(key.lastIndexOf('.') + 1);
  return last === 'null' || last === 'undefined' ? UNKNOWN : last;
}

/**
 * @param {string} text  that somebody wrote: in one language, or in both, as `커피 / Coffee`
 * @returns {string} in the page's language, if it has both
 */
export function inLanguage(text) {
  const parts = text.split(' / ');
  return parts.length === 2 ? parts[current === 'ko' ? 0 : 1] : text;
}

/** @param {string} key */
export function known(key) {
  return key in MESSAGES;
}

/** @param {Element} root  is made to say all that it remembers */
export function translate(root) {
  document.documentElement.lang = current;
  for (const element of [root, ...root.querySelectorAll('[data-t],[data-label],[data-hint],[data-both],[data-won],[data-time],[data-date]')]) {
    if (element instanceof HTMLElement) {
      say(element);
    }
  }
}

/** @param {HTMLElement} element */
export function say(element) {
  const {t: key, args, label, hint, both, won, time, date} = element.dataset;
  const words = args === undefined ? {} : filled(JSON.parse(args));
  if (key !== undefined) {
    write(element, t(key, words));
  }
  if (label !== undefined) {
    element.setAttribute('aria-label', t(label, words));
  }
  if (hint !== undefined) {
    element.setAttribute('placeholder', t(hint, words));
  }
  if (both !== undefined) {
    write(element, inLanguage(both));
  } else if (won !== undefined) {
    write(element, formatWon(Number(won), current));
  } else if (time !== undefined) {
    write(element, formatTime(time, current));
  } else if (date !== undefined) {
    write(element, formatDate(date, current));
  }
}

/** An argument may itself be a message, an amount, an instant or a text with both languages. @param {Record<string, any>} args */
function filled(args) {
  return Object.fromEntries(Object.entries(args).map(([name, value]) =>
    [name, value?.t !== undefined ? t(value.t) : value?.won !== undefined ? formatWon(value.won, current)
      : value?.date !== undefined ? formatDate(value.date, current) : value?.both !== undefined ? inLanguage(value.both) : value]));
}

/**
 * Screen readers tell what changes, so what stays the same is not written again.
 *
 * @param {HTMLElement} element
 * @param {string} text
 */
function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

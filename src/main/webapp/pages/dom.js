import {say} from './language.js';

/**
 * @typedef {object} Parts
 * @property {string} [class]
 * @property {string} [t]  what it says: a message
 * @property {Record<string, unknown>} [args]  of its messages
 * @property {string} [label]  message for `aria-label`
 * @property {string} [hint]  message for `placeholder`
 * @property {string} [both]  what it says: a text, of which the page's language is shown if it has both, `한국어 / English`
 * @property {number} [won]  what it says: an amount
 * @property {string} [time]  what it says: an instant
 * @property {string} [date]
 * @property {Record<string, (event: any) => void>} [on]  listeners
 */

/** What an element says is one of these. */
const WORDS = ['t', 'both', 'won', 'time', 'date'];
const REMEMBERED = [...WORDS, 'label', 'hint'];

/**
 * Makes an element. Texts become text nodes, never markup.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Parts & Record<string, any>} [parts]  anything else becomes an attribute; false, null and undefined are left out
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, parts = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(parts)) {
    if (name === 'on') {
      Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, /** @type {any} */ (listener)));
    } else if (!REMEMBERED.includes(name) && name !== 'args' && value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  remember(element, parts);
  return element;
}

/**
 * Makes an element say something else.
 *
 * @param {HTMLElement} element
 * @param {Parts} parts
 */
export function remember(element, parts) {
  const {args} = parts;
  if (args !== undefined) {
    element.dataset.args = JSON.stringify(args);
  }
  if (WORDS.some(name => name in parts)) {
    WORDS.forEach(name => delete element.dataset[name]);
  }
  for (const name of REMEMBERED) {
    const value = /** @type {any} */ (parts)[name];
    if (value !== undefined) {
      element.dataset[name] = String(value);
    }
  }
  say(element);
}

/**
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind} the element that the page has for sure
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) {
    throw new Error(`The page has no ${kind.name} #${id}.`);
  }
  return element;
}

/**
 * Makes a container's children those of a list, and leaves those that stay where they are: who has the focus keeps it.
 *
 * @template Item
 * @template {HTMLElement} Child
 * @param {HTMLElement} container
 * @param {Item[]} items
 * @param {object} how
 * @param {(item: Item) => string | number} how.key
 * @param {(item: Item) => Child} how.create
 * @param {(child: Child, item: Item) => void} how.update  is also called right after `create`
 */
export function list(container, items, {key, create, update}) {
  const old = new Map([...container.children].map(child => [/** @type {HTMLElement} */ (child).dataset.key, child]));
  const children = items.map(item => {
    const child = /** @type {Child} */ (old.get(String(key(item))) ?? create(item));
    child.dataset.key = String(key(item));
    update(child, item);
    return child;
  });
  const staying = new Set(/** @type {Element[]} */ (children));
  [...container.children].filter(child => !staying.has(child)).forEach(child => child.remove());
  children.forEach((child, i) => {
    if (container.children[i] !== child) {
      container.insertBefore(child, container.children[i] ?? null);
    }
  });
}

import {refusedBy} from './api.js';
import {el} from './dom.js';

/**
 * Opens a modal dialog with a form. While it is sent the buttons wait; what is refused is said in the dialog, which stays.
 *
 * @param {object} parts
 * @param {import('./dom.js').Parts} parts.title
 * @param {(Node | false)[]} parts.body  the form's fields
 * @param {import('./dom.js').Parts} [parts.submit]  the button's words; without them there is nothing to send
 * @param {(form: HTMLFormElement) => Promise<unknown>} [parts.send]
 * @param {boolean} [parts.stays]  whether it cannot be left
 * @param {string} [parts.class]
 * @returns {Promise<boolean>} resolved when it is closed: whether it was sent
 */
export function ask({title, body, submit, send, stays = false, class: name = ''}) {
  const problem = el('p', {class: 'problem', role: 'alert', hidden: true});
  const leave = stays ? null
    : el('button', {type: 'button', class: 'secondary', t: submit ? 'dialog.cancel' : 'dialog.close', on: {click: () => dialog.close()}});
  const go = submit && el('button', {type: 'submit', ...submit});
  const heading = el('h2', {id: 'dialog-title', ...title});
  const form = el('form', {}, heading, ...body, problem, el('footer', {}, leave, go));
  const dialog = el('dialog', {'aria-labelledby': 'dialog-title', class: name}, el('article', {}, form));
  let sent = false;
  onSubmit(form, go, problem, async () => {
    await send?.(form);
    sent = true;
    dialog.close();
  });
  return shown(dialog, stays).then(() => sent);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | undefined} button  waits while the task runs
 * @param {HTMLElement} problem  says what was refused
 * @param {() => Promise<void>} task
 */
function onSubmit(form, button, problem, task) {
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (button?.getAttribute('aria-busy') === 'true') {
      return;
    }
    button?.setAttribute('aria-busy', 'true');
    problem.hidden = true;
    try {
      await task();
    } catch (error) {
      problem.textContent = refusedBy(error).sentence;
      problem.hidden = false;
    } finally {
      button?.removeAttribute('aria-busy');
    }
  });
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {boolean} stays
 * @returns {Promise<void>}
 */
function shown(dialog, stays) {
  document.body.append(dialog);
  if (stays) {
    // Esc asks to close; asked twice, browsers do it without asking.
    dialog.addEventListener('keydown', event => { event.key === 'Escape' && event.preventDefault(); });
    dialog.addEventListener('cancel', event => event.preventDefault());
  }
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => {
    dialog.remove();
    resolve();
  }));
}

/**
 * A labelled field for a form.
 *
 * @param {string} name
 * @param {string} label  a message
 * @param {Record<string, any>} [attributes]  of the input
 * @returns {HTMLElement}
 */
export function field(name, label, attributes = {}) {
  return el('label', {}, el('span', {t: label}), el('input', {name, autocomplete: 'off', ...attributes}));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @returns {string} what stands in the field, without spaces around it
 */
export function valueOf(form, name) {
  return String(new FormData(form).get(name) ?? '').trim();
}

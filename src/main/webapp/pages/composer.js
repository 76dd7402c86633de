import {el} from './dom.js';
import {sendLines} from './line-sender.js';

/**
 * Where a message is written: a text area that grows, and a button.
 *
 * @param {{hint: string, label: string, most: number, send: (text: string) => boolean}} how  messages; `send` returns whether the text was taken
 * @returns {{form: HTMLFormElement, area: HTMLTextAreaElement}}
 */
export function composer({hint, label, most, send}) {
  const area = el('textarea', {rows: 1, hint, label, maxlength: most, autocomplete: 'off', enterkeyhint: 'send'});
  const form = el('form', {class: 'composer'}, area, el('button', {type: 'submit', t: 'composer.send'}));
  const submit = sendLines(area, send);
  form.addEventListener('submit', event => {
    event.preventDefault();
    submit();
    area.focus();
  });
  area.addEventListener('input', () => {
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  });
  return {form, area};
}

import {ask, field, valueOf} from './dialog.js';
import {el} from './dom.js';
import {Refused, refusedBy} from './api.js';
import {t} from './language.js';
import {logIn, user} from './session.js';

let asking = false;

/**
 * Lets somebody log in, then loads the page again as theirs.
 *
 * @param {string} page  its name, such as `barista`
 */
export async function requireLogin(page) {
  if (asking) {
    return;
  }
  asking = true;
  const somebody = user();
  const args = {page: {t: `page.${page}`}, name: somebody?.name};
  await ask({
    title: {t: 'login.title'},
    body: [
      el('p', {t: somebody === null ? 'login.for' : 'login.mismatch', args}),
      field('email', 'login.email', {type: 'email', required: true, autocomplete: 'username'}),
      field('password', 'login.password', {type: 'password', required: true, autocomplete: 'current-password'}),
      el('p', {}, el('a', {href: '/', t: 'page.start'})),
    ],
    submit: {t: 'login.submit'},
    send: form => logIn(valueOf(form, 'email'), /** @type {string} */ (new FormData(form).get('password'))).catch(readably),
    stays: true,
  });
  location.reload();
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function readably(error) {
  const refused = refusedBy(error);
  throw refused.problem.status === 401 ? new Refused({...refused.problem, type: 'about:blank', status: 400, detail: t('login.wrong')}) : refused;
}

/**
 * @param {string} page  its name
 * @param {string[]} roles  one of which is needed
 * @returns {boolean} whether the page may go on; if not, it is asking for a login
 */
export function allowed(page, roles) {
  const may = user()?.roles.some(role => roles.includes(role)) ?? false;
  if (!may) {
    requireLogin(page);
  }
  return may;
}

import './messages.js';
import {Refused, refusedBy} from '/pages/api.js';
import {valueOf} from '/pages/dialog.js';
import {byId, remember} from '/pages/dom.js';
import {openFrame} from '/pages/frame.js';
import {t} from '/pages/language.js';
import {logIn, onSession, register, user} from '/pages/session.js';

openFrame('login', {product: 'app.server', follow: false});
const who = byId('who', HTMLElement);
const show = () => {
  const somebody = user();
  who.hidden = somebody === null;
  remember(who, {t: 'login.as', args: {name: somebody?.name}});
};
show();
onSession(show);

open(byId('login', HTMLFormElement), form => logIn(valueOf(form, 'email'), password(form)));
open(byId('register', HTMLFormElement), form => register(valueOf(form, 'email'), valueOf(form, 'name'), password(form)));

/** @param {HTMLFormElement} form */
const password = form => String(new FormData(form).get('password'));

/** @param {HTMLFormElement} form @param {(form: HTMLFormElement) => Promise<void>} send */
function open(form, send) {
  const problem = /** @type {HTMLElement} */ (form.querySelector('.problem'));
  const button = /** @type {HTMLElement} */ (form.querySelector('[type="submit"]'));
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (button.getAttribute('aria-busy') === 'true') {
      return;
    }
    button.setAttribute('aria-busy', 'true');
    problem.hidden = true;
    try {
      await send(form);
      location.assign(next());
    } catch (error) {
      const refused = refusedBy(error);
      problem.textContent = refused instanceof Refused && refused.problem.status === 401 ? t('login.wrong') : refused.sentence;
      problem.hidden = false;
    } finally {
      button.removeAttribute('aria-busy');
    }
  });
}

/** Where the user came from: a page of this site, whatever the address says. */
function next() {
  const wanted = new URL(new URLSearchParams(location.search).get('next') ?? '/', location.origin);
  return wanted.origin === location.origin ? wanted.pathname : '/';
}

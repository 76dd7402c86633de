import {connectionState, staleBanner} from './connection-state.js';
import {el, remember} from './dom.js';
import {switchLanguage, t, translate, onLanguage} from './language.js';
import {connection} from './live.js';
import {requireLogin} from './login.js';
import {logOut, onSession, user} from './session.js';
import {toast} from './toast.js';

/**
 * What is around each page: its title, language, login, and how it is connected.
 *
 * @param {string} page  its name, such as `kiosk`
 * @param {{tools?: HTMLElement[], login?: boolean}} [more]  tools: more buttons; login: whether it is for staff: shows who is logged in, and the way to
 *     the other pages
 */
export function openShell(page, {tools = [], login = true} = {}) {
  const name = el('strong', {id: 'shop', t: 'app.name'});
  const skip = el('a', {class: 'skip', href: '#main', t: 'page.skip'});
  const brand = el('div', {class: 'brand'}, login ? el('a', {href: '/', label: 'page.start'}, wave()) : wave(), name,
    el('span', {class: 'muted', t: `page.${page}`}));
  const others = el('button', {type: 'button', class: 'quiet', id: 'language', t: 'language.other', on: {click: switchLanguage}});
  const who = user();
  const account = login && who !== null && el('button', {type: 'button', class: 'quiet', t: 'login.out', title: who.email, on: {click: logOut}});
  const bar = el('header', {class: 'bar'}, brand, el('div', {class: 'bar-tools'}, connectionState(), ...tools, others, account));
  document.body.prepend(skip, bar, staleBanner());
  translate(document.documentElement);
  const title = () => { document.title = `${t(`page.${page}`)} – ${t('app.name')}`; };
  title();
  onLanguage(title);
  followSession(page, who?.id);
}

/** @param {string} shop  the name that the settings have; empty: the product's own */
export function nameShop(shop) {
  const name = /** @type {HTMLElement} */ (document.getElementById('shop'));
  if (shop === '') {
    remember(name, {t: 'app.name'});
  } else {
    delete name.dataset.t;
    name.textContent = shop;
  }
}

/**
 * Another login sees another page, so it is loaded anew.
 *
 * @param {string} page
 * @param {number | undefined} before
 */
function followSession(page, before) {
  onSession(() => {
    const now = user()?.id;
    if (now !== before && now !== undefined) {
      location.reload();
    } else if (now !== before) {
      connection.close();
      toast({t: 'login.again'}, 'problem');
      requireLogin(page);
    }
  });
}

/** The product's sign. */
function wave() {
  return el('img', {src: '/pages/wave.svg', alt: '', width: 36, height: 36});
}

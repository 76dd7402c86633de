import {el} from './dom.js';
import {switchLanguage, t, translate, onLanguage} from './language.js';
import {requireLogin} from './login.js';
import {logOut, onSession, user} from './session.js';
import {toast} from './toast.js';

/**
 * What is around each page: its title, language and login.
 *
 * @param {string} page  its name, such as `kiosk`
 * @param {object} [more]
 * @param {string} [more.product]  message: the name before the page's
 * @param {HTMLElement} [more.state]  says how up to date the page is
 * @param {HTMLElement} [more.banner]  a line across the page
 * @param {HTMLElement[]} [more.tools]  more buttons
 * @param {boolean} [more.login]  whether it is for staff: shows who is logged in, and the way to the other pages
 * @param {() => void} [more.onEnd]  is called when the login has ended
 * @param {boolean} [more.follow]  whether another login makes another page of it
 */
export function openFrame(page, {product = 'app.name', state, banner, tools = [], login = true, onEnd = () => {}, follow = true} = {}) {
  const name = el('strong', {id: 'shop', t: product});
  const skip = el('a', {class: 'skip', href: '#main', t: 'page.skip'});
  const brand = el('div', {class: 'brand'}, login ? el('a', {href: '/', label: 'page.start'}, wave()) : wave(), name,
    el('span', {class: 'muted', t: `page.${page}`}));
  const others = el('button', {type: 'button', class: 'quiet', id: 'language', t: 'language.other', on: {click: switchLanguage}});
  const who = user();
  const account = login && (who !== null ? el('button', {type: 'button', class: 'quiet', t: 'login.out', title: who.email, on: {click: logOut}})
    : follow && el('a', {class: 'login-link', href: `/login/?next=${encodeURIComponent(location.pathname)}`, t: 'login.title'}));
  const bar = el('header', {class: 'bar'}, brand, el('div', {class: 'bar-tools'}, state, ...tools, others, account));
  document.body.prepend(skip, bar, ...banner === undefined ? [] : [banner]);
  translate(document.documentElement);
  const title = () => { document.title = `${t(`page.${page}`)} – ${t(product)}`; };
  title();
  onLanguage(title);
  follow && followSession(page, who?.id, onEnd);
}

/**
 * Another login sees another page, so it is loaded anew.
 *
 * @param {string} page
 * @param {number | undefined} before
 * @param {() => void} onEnd
 */
function followSession(page, before, onEnd) {
  onSession(() => {
    const now = user()?.id;
    if (now !== before && now !== undefined) {
      location.reload();
    } else if (now !== before) {
      onEnd();
      toast({t: 'login.again'}, 'problem');
      requireLogin(page);
    }
  });
}

/** The product's sign. */
function wave() {
  return el('img', {src: '/pages/wave.svg', alt: '', width: 36, height: 36});
}

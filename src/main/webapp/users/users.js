import './messages.js';
import {get} from '/pages/api.js';
import {showReplica} from '/pages/async-view.js';
import {byId, list} from '/pages/dom.js';
import {openFrame} from '/pages/frame.js';
import {allowed} from '/pages/login.js';
import {Found} from './found.js';
import {fill, row} from './row.js';

const AFTER_TYPING = 250;

openFrame('users', {product: 'app.server'});

if (allowed('users', ['admin'])) {
  const field = byId('find', HTMLInputElement);
  const more = byId('more', HTMLButtonElement);
  const found = new Found(cursor => get(`/api/admin/users?limit=25&q=${encodeURIComponent(field.value.trim())}${cursor === null ? '' : `&cursor=${cursor}`}`));
  showReplica(byId('users', HTMLElement), found, {isEmpty: all => all.length === 0, empty: 'users.none', show: all => {
    more.hidden = found.next === null;
    list(byId('users', HTMLElement), all, {key: user => user.id, create: user => row(user, found), update: fill});
  }});
  more.addEventListener('click', () => found.more());
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;
  field.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => found.refresh(), AFTER_TYPING);
  });
  found.refresh();
}

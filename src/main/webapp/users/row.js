import {ask as request, refusedBy} from '/pages/api.js';
import {ask} from '/pages/dialog.js';
import {byId, el, remember} from '/pages/dom.js';
import {toast} from '/pages/toast.js';

/**
 * @typedef {import('./found.js').User} User
 * @typedef {import('./found.js').Found} Found
 */

const ROLES = ['admin', 'barista', 'kiosk', 'partner', 'customer', 'publisher'];

/** @param {User} user @param {Found} found @returns {HTMLElement} */
export function row(user, found) {
  const {id, name} = user;
  const toggles = ROLES.map(role => el('button', {type: 'button', class: 'role', 'data-role': role, t: `role.${role}`, label: 'users.roleOf', args: {name, role: {t: `role.${role}`}},
    on: {click: (/** @type {Event} */ {currentTarget}) => toggle(/** @type {HTMLElement} */ (currentTarget), id, role, found)}}));
  return el('li', {},
    el('span', {class: 'who'}, el('strong', {}, name), el('span', {class: 'muted mail'}), el('span', {class: 'muted facts-line'})),
    el('div', {class: 'roles', role: 'toolbar', label: 'users.rolesOf', args: {name}}, ...toggles),
    el('div', {class: 'doings'},
      el('button', {type: 'button', class: 'secondary small revoke', t: 'users.revoke', label: 'users.revokeOf', args: {name}, on: {click: () => revoke(user, found)}}),
      el('button', {type: 'button', class: 'secondary small remove', t: 'users.remove', label: 'users.removeOf', args: {name}, on: {click: () => remove(user, found)}})));
}

/** @param {HTMLElement} line @param {User} user */
export function fill(line, {id, email, roles, issuer, createdAt, logins}) {
  /** @type {HTMLElement} */ (line.querySelector('.mail')).textContent = email || (issuer ?? '');
  remember(/** @type {HTMLElement} */ (line.querySelector('.facts-line')), {t: 'users.facts', args: {id, logins, since: {date: createdAt}}});
  line.querySelectorAll('.role').forEach(button => {
    const role = String(/** @type {HTMLElement} */ (button).dataset.role);
    button.setAttribute('aria-pressed', String(roles.includes(role)));
    button.setAttribute('aria-disabled', String(issuer !== null));
  });
}

/** @param {HTMLElement} button @param {number} id @param {string} role @param {Found} found */
async function toggle(button, id, role, found) {
  const user = found.value?.find(each => each.id === id);
  if (user === undefined || user.issuer !== null || button.getAttribute('aria-busy') === 'true') {
    return;
  }
  const has = user.roles.includes(role);
  button.setAttribute('aria-busy', 'true');
  try {
    await request(has ? 'DELETE' : 'PUT', `/api/admin/users/${id}/roles/${role}`);
    const now = found.value?.find(each => each.id === id)?.roles ?? [];
    found.change(id, {roles: has ? now.filter(each => each !== role) : [...now, role]});
    toast({t: has ? 'users.taken' : 'users.given', args: {name: user.name, role: {t: `role.${role}`}}}, 'done');
  } catch (error) {
    toast(refusedBy(error).sentence, 'problem');
  } finally {
    button.removeAttribute('aria-busy');
  }
}

/** @param {User} user @param {Found} found */
async function revoke({id, name}, found) {
  const sent = await ask({title: {t: 'users.revokeTitle', args: {name}}, body: [el('p', {t: 'users.revokeText'})], submit: {t: 'users.revoke'},
    send: () => request('POST', `/api/admin/users/${id}/revoke`)});
  if (sent) {
    found.change(id, {logins: 0});
    toast({t: 'users.revoked', args: {name}}, 'done');
  }
}

/** @param {User} user @param {Found} found */
async function remove({id, name}, found) {
  const sent = await ask({title: {t: 'users.removeTitle', args: {name}}, body: [el('p', {t: 'users.removeText'})], submit: {t: 'users.remove'},
    send: () => request('DELETE', `/api/admin/users/${id}`)});
  if (sent) {
    found.change(id, null);
    byId('main', HTMLElement).focus();
    toast({t: 'users.removed', args: {name}}, 'done');
  }
}

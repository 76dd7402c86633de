import {ask, newKey, refusedBy} from '/pages/api.js';
import {valueOf} from '/pages/dialog.js';
import {byId, el, remember} from '/pages/dom.js';
import {user} from '/pages/session.js';
import {toast} from '/pages/toast.js';

/**
 * @typedef {{id: string, title: string, message: string, createdAt: string, readAt: string | null}} Notification
 * @typedef {import('/sdk/index.js').Replica<Notification[]>} Notifications
 */

/** @param {Notification} notification @param {Notifications} all */
export function notificationRow({id, title, message, createdAt}, all) {
  const read = el('button', {type: 'button', class: 'secondary small', t: 'notifications.read', label: 'notifications.readOf', args: {title},
    on: {click: () => say(id, all)}});
  return el('li', {class: 'notification'}, el('span', {class: 'who'}, el('strong', {}, title), el('span', {}, message), el('span', {class: 'muted', date: createdAt})), read);
}

/** @param {HTMLElement} line @param {Notification} notification */
export function fillNotification(line, {readAt}) {
  line.dataset.read = String(readAt !== null);
  /** @type {HTMLElement} */ (line.querySelector('button')).hidden = readAt !== null;
}

/** @param {Notification[]} all */
export function showUnread(all) {
  remember(byId('unread', HTMLElement), {t: 'notifications.unread', args: {count: all.filter(({readAt}) => readAt === null).length}});
}

/** @param {string} id @param {Notifications} all */
async function say(id, all) {
  try {
    await ask('PATCH', `/api/notifications/${encodeURIComponent(id)}`, {body: {read: true}});
    byId('notifications-title', HTMLElement).focus();
    all.refresh();
  } catch (error) {
    toast(refusedBy(error).sentence, 'problem');
  }
}

/** The form of admins. */
export function openNotify() {
  const form = byId('notify', HTMLFormElement);
  const problem = byId('notify-problem', HTMLElement);
  form.hidden = !user()?.roles.includes('admin');
  let key = newKey();
  form.addEventListener('submit', async event => {
    event.preventDefault();
    problem.hidden = true;
    try {
      await ask('POST', '/api/notifications', {key, body: {userId: Number(valueOf(form, 'user')), title: valueOf(form, 'title'), message: valueOf(form, 'message')}});
      key = newKey();
      form.reset();
      toast({t: 'notifications.sent'}, 'done');
    } catch (error) {
      const refused = refusedBy(error);
      key = refused.unsure ? key : newKey();
      problem.textContent = refused.sentence;
      problem.hidden = false;
    }
  });
}

import {ask as request, refusedBy} from '/pages/api.js';
import {ask, valueOf} from '/pages/dialog.js';
import {byId, el, list, remember} from '/pages/dom.js';
import {toast} from '/pages/toast.js';
import {bytes, lasted} from './numbers.js';

/**
 * @typedef {import('./figures.js').Reader} Reader
 * @typedef {{question: string, node: string, open: Reader[], openCount: number, ended: Reader[]}} Found
 */

/** Reasons for which a client comes back by itself, and is told what it missed. */
const PASSING = ['slow', 'gone', 'stopping', 'unavailable', 'token-expired', 'rights-changed', 'fault', 'flooding'];

/**
 * Readers that did not get everything, those that ended lately, and those that are looked for.
 *
 * @param {import('./figures.js').Figures} figures
 * @param {import('/sdk/connection.js').Connection} connection
 */
export function openReaders(figures, connection) {
  figures.on('change', ({nodes}) => {
    const all = [...nodes.values()].filter(node => !figures.isSilent(node)).map(({now}) => now);
    show('troubled', all.flatMap(now => now.troubled));
    show('ended', all.flatMap(now => now.ended).sort((a, b) => String(b.until).localeCompare(String(a.until))).slice(0, 6));
  });
  const form = byId('find', HTMLFormElement);
  const problem = byId('find-problem', HTMLElement);
  let question = '';
  /** @type {Found[]} */
  let found = [];
  connection.on('event', ({event, data}) => {
    if (event === 'found') {
      found = [...found.filter(each => each.question === data.question && each.node !== data.node), data];
      data.question === question && showFound(found);
    }
  });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    problem.hidden = true;
    const user = valueOf(form, 'user');
    try {
      ({question} = await request('POST', '/api/admin/operations/questions',
        {body: {...user !== '' && {userId: Number(user)}, connection: valueOf(form, 'connection'), topic: valueOf(form, 'topic')}}));
      // An answer may have been faster than this.
      showFound(found.filter(each => each.question === question));
    } catch (error) {
      problem.textContent = refusedBy(error).sentence;
      problem.hidden = false;
    }
  });
}

/** @param {Found[]} found */
function showFound(found) {
  const open = found.flatMap(each => each.open);
  const ended = found.flatMap(each => each.ended);
  remember(byId('found-words', HTMLElement), {t: 'ops.foundWords', args: {nodes: found.length, open: found.reduce((sum, each) => sum + each.openCount, 0), ended: ended.length}});
  show('found', [...open, ...ended]);
}

/** @param {string} id @param {Reader[]} readers */
function show(id, readers) {
  list(byId(id, HTMLElement), readers, {key: reader => reader.connection, create: reader => row(reader), update: fill});
}

/** @param {Reader} reader */
function row({userId, connection, endpoint, address}) {
  return el('li', {}, el('div', {class: 'reader-head'}, el('span', {}, el('strong', {class: 'who-reads', t: userId === undefined ? 'ops.nobody' : 'ops.user', args: {id: userId}}), ' ',
    el('code', {class: 'mono'}, endpoint)), userId !== undefined && el('button', {type: 'button', class: 'secondary small', t: 'users.revoke', label: 'ops.revokeOf', args: {id: userId}, on: {click: () => revoke(userId)}})),
  el('p', {class: 'verdict'}), el('p', {class: 'muted told'}), el('p', {class: 'mono muted'}, `${connection} · ${address}`), el('p', {class: 'mono muted topics'}));
}

/** @param {HTMLElement} item @param {Reader} reader */
function fill(item, reader) {
  const {since, until, reason, lastEvent, written, bytes: size, quietMillis, topics, topicCount} = reader;
  const {key, isBad} = verdict(reader);
  item.dataset.bad = String(isBad);
  remember(/** @type {HTMLElement} */ (item.querySelector('.verdict')), {t: `verdict.${key}`, args: {...reader, size: bytes(reader.waitingBytes), reason: reason === undefined ? '' : {t: `reason.${reason}`}}});
  remember(/** @type {HTMLElement} */ (item.querySelector('.told')), {t: until === undefined ? 'ops.told' : 'ops.toldEnded',
    args: {lastEvent: lastEvent || '–', written, size: bytes(size), quiet: lasted(quietMillis), since: {date: since}, until: until === undefined ? '' : {date: until}}});
  /** @type {HTMLElement} */ (item.querySelector('.topics')).textContent = topics.join(', ') + (topicCount > topics.length ? ` … (${topicCount})` : '');
}

/** Why somebody did not get something, in one sentence. @param {Reader} reader */
function verdict({reason, waiting, dropped, replaced, cut}) {
  if (reason !== undefined) {
    return {key: !PASSING.includes(reason) ? 'left' : cut > 0 ? 'cut' : 'back', isBad: cut > 0 || reason === 'slow' || reason === 'fault'};
  }
  return waiting > 0 ? {key: 'waiting', isBad: true} : dropped > 0 ? {key: 'dropped', isBad: true} : replaced > 0 ? {key: 'replaced', isBad: false} : {key: 'all', isBad: false};
}

/** @param {number} id */
async function revoke(id) {
  const sent = await ask({title: {t: 'ops.revokeTitle', args: {id}}, body: [el('p', {t: 'users.revokeText'})], submit: {t: 'users.revoke'},
    send: () => request('POST', `/api/admin/users/${id}/revoke`)});
  sent && toast({t: 'ops.revoked', args: {id}}, 'done');
}

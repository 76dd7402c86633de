import './messages.js';
import {Channels, Replica} from '/sdk/index.js';
import {ask, get, newKey, refusedBy} from '/pages/api.js';
import {showReplica} from '/pages/async-view.js';
import {connectionState, staleBanner} from '/pages/connection-state.js';
import {valueOf} from '/pages/dialog.js';
import {byId, list} from '/pages/dom.js';
import {openFrame} from '/pages/frame.js';
import {token, user} from '/pages/session.js';
import {toast} from '/pages/toast.js';
import {card, fill} from './poll.js';

/** @typedef {import('./poll.js').Poll} Poll */

const KEY = 'pado.voter';
/** Without a login a vote is this browser's. */
const clientId = localStorage.getItem(KEY) ?? `page-${newKey()}`;
localStorage.setItem(KEY, clientId);

const channels = new Channels({clientId, channels: ['votes'], token});
openFrame('votes', {product: 'app.server', state: connectionState(channels.connection), banner: staleBanner(channels.connection),
  onEnd: () => channels.connection.close()});

/** @type {Replica<Poll[]>} */
const polls = new Replica(channels.connection, {load: () => get('/api/polls'), apply: (/** @type {Poll[]} */ all, {data}) => applied(all, data)});
showReplica(byId('polls', HTMLElement), polls, {isEmpty: all => all.length === 0, empty: 'votes.none', show: all =>
  list(byId('polls', HTMLElement), all, {key: poll => poll.pollId, create: poll => card(poll, {vote, close}), update: fill})});
channels.connection.open();

/** What other programs say on this channel may be no poll. @param {Poll[]} all @param {any} heard @returns {Poll[]} */
function applied(all, heard) {
  const poll = heard?.pollId === undefined ? heard?.data : heard;
  if (typeof poll?.pollId !== 'number' || !Array.isArray(poll.options)) {
    return all;
  }
  const known = all.find(each => each.pollId === poll.pollId);
  if (known === undefined) {
    return [poll, ...all].sort((a, b) => b.pollId - a.pollId);
  }
  return known.version >= poll.version ? all : all.map(each => each === known ? poll : each);
}

/** @param {number} pollId @param {number} optionId */
async function vote(pollId, optionId) {
  try {
    const now = await ask('POST', `/api/polls/${pollId}/votes`, {body: {optionId, ...user() === null && {client_id: clientId}}});
    polls.hear({kind: 'event', event: 'vote_update', data: now});
    return true;
  } catch (error) {
    toast(refusedBy(error).sentence, 'problem');
    return false;
  }
}

/** @param {number} pollId */
async function close(pollId) {
  try {
    polls.hear({kind: 'event', event: 'vote_update', data: await ask('POST', `/api/polls/${pollId}/close`)});
  } catch (error) {
    toast(refusedBy(error).sentence, 'problem');
  }
}

if (user()?.roles.includes('admin')) {
  byId('new', HTMLElement).hidden = false;
  const form = byId('open', HTMLFormElement);
  const problem = byId('open-problem', HTMLElement);
  form.addEventListener('submit', async event => {
    event.preventDefault();
    problem.hidden = true;
    const data = new FormData(form);
    const options = String(data.get('options')).split('\n').map(line => line.trim()).filter(line => line !== '');
    try {
      const poll = await ask('POST', '/api/polls', {body: {title: valueOf(form, 'title'), options, anonymous: data.get('anonymous') !== null}});
      polls.hear({kind: 'event', event: 'vote_update', data: poll});
      form.reset();
      toast({t: 'votes.opened'}, 'done');
    } catch (error) {
      problem.textContent = refusedBy(error).sentence;
      problem.hidden = false;
    }
  });
}

import {Replica} from '/sdk/index.js';
import {ask as request, get} from '/pages/api.js';
import {showReplica} from '/pages/async-view.js';
import {ask} from '/pages/dialog.js';
import {byId, el, list, remember} from '/pages/dom.js';
import {toast} from '/pages/toast.js';

/**
 * @typedef {import('/sdk/index.js').PresenceManager} PresenceManager
 * @typedef {import('/sdk/friend-states.js').FriendStatus} FriendStatus
 * @typedef {{user_id: number, name: string, since: string}} Friend
 */

/** Shows the friends, by name, and who of them is online. @param {PresenceManager} presence */
export function openList(presence) {
  /** @type {Replica<Friend[]>} */
  const friends = new Replica(presence.connection, {load: () => get('/api/friends'), apply: (/** @type {Friend[]} */ all, {event, data}) =>
    event === 'friend_removed' ? all.filter(friend => friend.user_id !== data.user_id) : all});
  showReplica(byId('friends', HTMLElement), friends, {isEmpty: all => all.length === 0, empty: 'friends.empty', show: () => show(friends, presence)});
  presence.onPresenceChange((event, data) => {
    if (event === 'initial') {
      show(friends, presence);
      isOf(data, friends.value) || friends.refresh();
    } else if (event === 'status_change') {
      change(data, friends, presence);
    }
  });
}

/**
 * @param {object} states
 * @param {Friend[]} [friends]
 * @returns {boolean} whether they are of the same people, or these are not known yet
 */
function isOf(states, friends) {
  return friends === undefined || friends.length === Object.keys(states).length && friends.every(({user_id}) => user_id in states);
}

/**
 * @param {Replica<Friend[]>} friends
 * @param {PresenceManager} presence
 */
function show(friends, presence) {
  list(byId('friends', HTMLElement), friends.value ?? [], {
    key: friend => friend.user_id,
    create: friend => row(friend, friends),
    update: (line, friend) => fill(line, presence.getStatus(friend.user_id)),
  });
  count(friends, presence);
}

/**
 * One row changes, and screen readers are told.
 *
 * @param {FriendStatus} status
 * @param {Replica<Friend[]>} friends
 * @param {PresenceManager} presence
 */
function change(status, friends, presence) {
  const line = document.querySelector(`#friends > [data-key="${status.user_id}"]`);
  const friend = friends.value?.find(each => each.user_id === status.user_id);
  if (friends.value === undefined) {
    return;
  }
  if (friend === undefined || !(line instanceof HTMLElement)) {
    // Somebody has become a friend.
    friends.refresh();
    return;
  }
  const before = line.dataset.presence;
  fill(line, status);
  if (before !== line.dataset.presence) {
    remember(byId('news', HTMLElement), {t: status.is_online ? 'friends.came' : 'friends.went', args: {name: friend.name}});
  }
  count(friends, presence);
}

/**
 * @param {Friend} friend
 * @param {Replica<Friend[]>} friends
 */
function row(friend, friends) {
  const {name} = friend;
  return el('li', {}, el('span', {class: 'dot', 'aria-hidden': 'true'}),
    el('span', {class: 'who'}, el('strong', {}, name), el('span', {class: 'muted when'})),
    el('button', {type: 'button', class: 'secondary small end', t: 'friends.end', label: 'friends.endOf', args: {name},
      on: {click: () => end(friend, friends)}}));
}

/**
 * @param {HTMLElement} line
 * @param {FriendStatus | null} status
 */
function fill(line, status) {
  line.dataset.presence = status === null ? 'unknown' : status.is_online ? 'online' : 'offline';
  const seen = status?.is_online ? null : status?.last_seen;
  remember(/** @type {HTMLElement} */ (line.querySelector('.when')),
    seen ? {t: 'friends.seen', args: {time: {date: seen}}} : {t: `friends.${line.dataset.presence}`});
}

/**
 * @param {Replica<Friend[]>} friends
 * @param {PresenceManager} presence
 */
function count({value = []}, presence) {
  const online = value.filter(({user_id}) => presence.getStatus(user_id)?.is_online).length;
  const words = byId('count', HTMLElement);
  words.hidden = value.length === 0;
  remember(words, {t: 'friends.count', args: {online, all: value.length}});
}

/**
 * @param {Friend} friend
 * @param {Replica<Friend[]>} friends
 */
async function end({user_id, name}, friends) {
  const sent = await ask({
    title: {t: 'friends.endTitle', args: {name}},
    body: [el('p', {t: 'friends.endText'})],
    submit: {t: 'friends.end'},
    send: () => request('DELETE', `/api/friends/${user_id}`),
  });
  if (sent) {
    friends.hear({kind: 'event', event: 'friend_removed', data: {user_id}});
    byId('friends-title', HTMLElement).focus();
    toast({t: 'friends.ended', args: {name}}, 'done');
  }
}

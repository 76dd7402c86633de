import {PresenceManager} from '/sdk/index.js';
import {get} from '/pages/api.js';
import {connectionState, staleBanner} from '/pages/connection-state.js';
import {openFrame} from '/pages/frame.js';
import {allowed} from '/pages/login.js';
import {Polled} from '/pages/polled.js';
import {token} from '/pages/session.js';
import {openList} from './list.js';
import {openRequests} from './requests.js';
import {openVisibility} from './visibility.js';

/**
 * @typedef {{id: number, user_id: number, name: string}} FriendRequest
 * @typedef {{incoming: FriendRequest[], outgoing: FriendRequest[], invisible: boolean}} Mine
 */

/** Requests are not told live. */
const EACH_MILLIS = 10_000;

const presence = new PresenceManager(token);
openFrame('friends', {product: 'app.server', state: connectionState(presence.connection), banner: staleBanner(presence.connection),
  onEnd: () => presence.disconnect()});

if (allowed('friends', ['user'])) {
  openList(presence);
  /** @type {Polled<Mine>} */
  const mine = new Polled(async () => {
    const [requests, visibility] = await Promise.all([get('/api/friends/requests'), get('/api/presence/visibility')]);
    return {...requests, ...visibility};
  }, EACH_MILLIS);
  openRequests(mine);
  openVisibility(mine);
  // A friendship may have begun by a request that the other one accepted.
  presence.onPresenceChange((event, {user_id}) => event === 'status_change' && waits(mine.value, user_id) && mine.refresh());
  presence.connect();
}

/** @param {Mine | undefined} mine @param {number} userId */
function waits(mine, userId) {
  return mine !== undefined && [...mine.incoming, ...mine.outgoing].some(request => request.user_id === userId);
}

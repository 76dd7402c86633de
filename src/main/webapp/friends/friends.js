import './messages.js';
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

/** Requests are told live; this is for the switch, which another tab may have turned, and for a connection that is lost. */
const EACH_MILLIS = 30_000;

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
  presence.onPresenceChange(event => (event === 'friend_request' || event === 'initial') && mine.refresh());
  presence.connect();
}

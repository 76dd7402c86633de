import './messages.js';
import {connect, NamedStream, Replica} from '/sdk/index.js';
import {get} from '/pages/api.js';
import {showReplica} from '/pages/async-view.js';
import {connectionState, staleBanner} from '/pages/connection-state.js';
import {byId, list} from '/pages/dom.js';
import {openFrame} from '/pages/frame.js';
import {allowed} from '/pages/login.js';
import {token, user} from '/pages/session.js';
import {bookingRow, fillBooking, openBooking} from './booking.js';
import {fillNotification, notificationRow, openNotify, showUnread} from './notification.js';

/**
 * @typedef {import('./booking.js').Booking} Booking
 * @typedef {import('./notification.js').Notification} Notification
 */

if (user() === null) {
  openFrame('bookings', {product: 'app.server'});
  allowed('bookings', ['user']);
} else {
  open();
}

function open() {
  const connection = connect(new NamedStream('/api/realtime/stream', {}), {token});
  openFrame('bookings', {product: 'app.server', state: connectionState(connection), banner: staleBanner(connection), onEnd: () => connection.close()});

  /** @type {Replica<Booking[]>} */
  const bookings = new Replica(connection, {load: async () => (await get('/api/bookings')).items,
    apply: (/** @type {Booking[]} */ all, {event, data}) => event === 'booking' ? withBooking(all, data) : all});
  showReplica(byId('bookings', HTMLElement), bookings, {isEmpty: all => all.length === 0, empty: 'bookings.none', show: all =>
    list(byId('bookings', HTMLElement), all, {key: each => each.bookingId, create: each => bookingRow(each, bookings), update: fillBooking})});
  openBooking(bookings);

  /** @type {Replica<Notification[]>} */
  const notifications = new Replica(connection, {load: async () => (await get('/api/notifications')).items,
    apply: (/** @type {Notification[]} */ all, {event, data}) => event !== 'notification' ? all
      : [{readAt: null, ...data}, ...all.filter(each => each.id !== data.id)]});
  showReplica(byId('notifications', HTMLElement), notifications, {isEmpty: all => all.length === 0, empty: 'notifications.none', show: all => {
    list(byId('notifications', HTMLElement), all, {key: each => each.id, create: each => notificationRow(each, notifications), update: fillNotification});
    showUnread(all);
  }});
  openNotify();
}

/** An older state may be heard after a newer one was fetched. @param {Booking[]} all @param {Booking & {operation?: string}} heard @returns {Booking[]} */
function withBooking(all, heard) {
  const known = all.find(each => each.bookingId === heard.bookingId);
  if (heard.operation === 'deleted') {
    return all.filter(each => each !== known);
  }
  if (known === undefined) {
    return [heard, ...all];
  }
  return known.updatedAt > heard.updatedAt ? all : all.map(each => each === known ? {...known, ...heard} : each);
}

import {ask, newKey, refusedBy} from '/pages/api.js';
import {valueOf} from '/pages/dialog.js';
import {byId, el, remember} from '/pages/dom.js';
import {user} from '/pages/session.js';
import {toast} from '/pages/toast.js';

/**
 * @typedef {{bookingId: string, customerId: number, partnerId: number, serviceName: string, startsAt: string, amount: number, status: string, paymentStatus: string, updatedAt: string}} Booking
 * @typedef {import('/sdk/index.js').Replica<Booking[]>} Bookings
 */

/** Whose steps they are, and from which states. @type {Record<string, {from: string[], by: ('customer' | 'partner')[]}>} */
const STEPS = {
  confirmed: {from: ['pending'], by: ['partner']},
  completed: {from: ['confirmed'], by: ['partner']},
  cancelled: {from: ['pending', 'confirmed'], by: ['customer', 'partner']},
};

/** @param {Booking} booking @param {Bookings} bookings */
export function bookingRow({bookingId, serviceName}, bookings) {
  const steps = Object.keys(STEPS).map(status => el('button', {type: 'button', class: 'secondary small', 'data-step': status, t: `bookings.do.${status}`,
    on: {click: (/** @type {Event} */ event) => take(/** @type {HTMLElement} */ (event.currentTarget), bookingId, status, bookings)}}));
  return el('li', {class: 'booking'}, el('span', {class: 'who'}, el('strong', {}, serviceName), el('span', {class: 'muted when'}), el('span', {class: 'muted money'})),
    el('span', {class: 'status'}), el('div', {class: 'doings'}, ...steps));
}

/** @param {HTMLElement} line @param {Booking} booking */
export function fillBooking(line, {startsAt, amount, status, paymentStatus, customerId, partnerId}) {
  line.dataset.status = status;
  remember(/** @type {HTMLElement} */ (line.querySelector('.when')), {date: startsAt});
  remember(/** @type {HTMLElement} */ (line.querySelector('.money')), {t: 'bookings.money', args: {amount: {won: amount}, state: {t: `payment.${paymentStatus}`}}});
  remember(/** @type {HTMLElement} */ (line.querySelector('.status')), {t: `booking.${status}`});
  const mine = /** @type {string[]} */ ([user()?.id === customerId && 'customer', user()?.id === partnerId && 'partner']);
  line.querySelectorAll('[data-step]').forEach(button => {
    const {from, by} = STEPS[String(/** @type {HTMLElement} */ (button).dataset.step)];
    /** @type {HTMLElement} */ (button).hidden = !from.includes(status) || !by.some(party => mine.includes(party));
  });
}

/** @param {HTMLElement} button @param {string} bookingId @param {string} status @param {Bookings} bookings */
async function take(button, bookingId, status, bookings) {
  if (button.getAttribute('aria-busy') === 'true') {
    return;
  }
  button.setAttribute('aria-busy', 'true');
  try {
    bookings.hear({kind: 'event', event: 'booking', data: await ask('PATCH', `/api/bookings/${encodeURIComponent(bookingId)}`, {body: {status}})});
    byId('bookings-title', HTMLElement).focus();
  } catch (error) {
    toast(refusedBy(error).sentence, 'problem');
  } finally {
    button.removeAttribute('aria-busy');
  }
}

/** The form. @param {Bookings} bookings */
export function openBooking(bookings) {
  const form = byId('book', HTMLFormElement);
  const problem = byId('book-problem', HTMLElement);
  const partner = /** @type {HTMLInputElement} */ (form.elements.namedItem('partner'));
  bookings.on('change', ({value}) => {
    const other = value?.find(({partnerId}) => partnerId !== user()?.id);
    partner.value ||= other === undefined ? '' : String(other.partnerId);
  });
  let key = newKey();
  form.addEventListener('submit', async event => {
    event.preventDefault();
    problem.hidden = true;
    try {
      const booking = await ask('POST', '/api/bookings', {key, body: {partnerId: Number(partner.value), serviceName: valueOf(form, 'service'),
        startsAt: new Date(valueOf(form, 'when')).toISOString(), amount: Number(valueOf(form, 'amount'))}});
      bookings.hear({kind: 'event', event: 'booking', data: booking});
      key = newKey();
      toast({t: 'bookings.booked'}, 'done');
    } catch (error) {
      const refused = refusedBy(error);
      // The same again while it is not known whether it was done.
      key = refused.unsure ? key : newKey();
      problem.textContent = refused.sentence;
      problem.hidden = false;
    }
  });
}

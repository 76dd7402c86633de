import {ask, refusedBy} from '/pages/api.js';
import {showReplica} from '/pages/async-view.js';
import {byId, el, list, remember} from '/pages/dom.js';
import {known} from '/pages/language.js';
import {toast} from '/pages/toast.js';

/**
 * @typedef {{at: string, reason: string, detail: string}} Alarm
 * @typedef {{state: 'up' | 'away', node?: string, lagSeconds?: number, told: number, skipped: number, kept: number, alarm?: Alarm}} Watch
 */

/** Shows how the watch of MongoDB goes, and lets an alarm be cleared. @param {import('/pages/polled.js').Polled<Watch>} polled */
export function openWatch(polled) {
  showReplica(byId('watch', HTMLElement), polled, {show: watch => {
    remember(byId('watch-state', HTMLElement), {t: `watch.${watch.state}`});
    byId('watch-state', HTMLElement).dataset.state = watch.state;
    list(byId('watch-facts', HTMLElement), facts(watch), {
      key: ([name]) => name,
      create: ([name]) => el('div', {'data-fact': name}, el('dt', {t: `watch.${name}`}), el('dd')),
      update: (box, [, value]) => write(/** @type {HTMLElement} */ (box.querySelector('dd')), String(value ?? '–')),
    });
    showAlarm(watch.alarm, polled);
  }});
}

/** @param {Watch} watch @returns {[string, string | number | undefined][]} */
const facts = ({node, lagSeconds, told, skipped, kept}) =>
  [['node', node], ['lag', lagSeconds], ['told', told], ['skipped', skipped], ['kept', kept]];

/**
 * What stays is not made anew: screen readers would read it again, and the button would lose the focus.
 *
 * @param {Alarm | undefined} alarm
 * @param {import('/pages/polled.js').Polled<Watch>} polled
 */
function showAlarm(alarm, polled) {
  const box = byId('alarm', HTMLElement);
  const id = alarm === undefined ? '' : `${alarm.at} ${alarm.reason}`;
  if (box.dataset.alarm === id) {
    return;
  }
  box.dataset.alarm = id;
  box.hidden = alarm === undefined;
  box.replaceChildren(...alarm === undefined ? [] : [
    el('strong', {t: 'alarm.title'}),
    el('p', {}, el('span', {date: alarm.at}), ' · ', el('span', known(`alarm.${alarm.reason}`) ? {t: `alarm.${alarm.reason}`} : {}, alarm.reason)),
    el('p', {class: 'detail'}, el('code', {}, alarm.detail)),
    el('p', {t: 'alarm.todo'}),
    el('button', {type: 'button', class: 'secondary', id: 'alarm-clear', t: 'alarm.clear', on: {click: () => clear(polled)}}),
  ]);
}

/** @param {import('/pages/polled.js').Polled<Watch>} polled */
async function clear(polled) {
  const button = byId('alarm-clear', HTMLButtonElement);
  if (button.getAttribute('aria-busy') === 'true') {
    return;
  }
  button.setAttribute('aria-busy', 'true');
  try {
    await ask('DELETE', '/api/realtime/watch/alarm');
    byId('main', HTMLElement).focus();
    toast({t: 'alarm.cleared'}, 'done');
  } catch (error) {
    toast(refusedBy(error).sentence, 'problem');
  } finally {
    button.removeAttribute('aria-busy');
  }
  await polled.refresh();
}

/** @param {HTMLElement} element @param {string} text */
function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

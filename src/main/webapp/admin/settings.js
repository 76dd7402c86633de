import {ask, refusedBy} from '/pages/api.js';
import {showReplica} from '/pages/async-view.js';
import {byId, el, list, remember} from '/pages/dom.js';
import {known} from '/pages/language.js';
import {toast} from '/pages/toast.js';

const MOST = 500;

/**
 * @typedef {{key: string, value: string, type: string, updatedBy?: {name: string}, updatedAt?: string}} Setting
 * @typedef {import('/sdk/index.js').Replica<Record<string, Setting>>} Settings
 */

/** @param {Settings} settings */
export function openSettings(settings) {
  showReplica(byId('settings', HTMLElement), settings, {show: value => list(byId('settings', HTMLElement), Object.values(value), {
    key: setting => setting.key,
    create: setting => setting.type === 'boolean' ? onOff(settings, setting) : text(settings, setting),
    update: fill,
  })});
}

/** @param {Setting} setting */
const title = ({key}) => known(`setting.${key}`) ? el('span', {t: `setting.${key}`}) : el('code', {}, key);

/**
 * @param {Settings} settings
 * @param {Setting} setting
 */
function onOff(settings, setting) {
  const input = el('input', {type: 'checkbox', role: 'switch', on: {change: () => put(settings, setting.key, String(input.checked))}});
  return el('li', {}, el('label', {class: 'switch'}, title(setting), input), el('small', {class: 'muted by'}));
}

/**
 * @param {Settings} settings
 * @param {Setting} setting
 */
function text(settings, setting) {
  const input = el('input', {name: 'value', maxlength: MOST, autocomplete: 'off'});
  const form = el('form', {class: 'setting'}, el('label', {}, title(setting), input),
    el('button', {type: 'submit', class: 'secondary', t: 'dialog.save'}));
  form.addEventListener('submit', event => {
    event.preventDefault();
    put(settings, setting.key, input.value);
  });
  return el('li', {}, form, el('small', {class: 'muted by'}));
}

/**
 * What somebody is typing is left alone.
 *
 * @param {HTMLElement} item
 * @param {Setting} setting
 */
function fill(item, {value, updatedBy, updatedAt}) {
  const input = /** @type {HTMLInputElement} */ (item.querySelector('input'));
  if (input.type === 'checkbox') {
    input.checked = value === 'true';
  } else if (document.activeElement !== input) {
    input.value = value;
  }
  if (updatedBy !== undefined && updatedAt !== undefined) {
    remember(/** @type {HTMLElement} */ (item.querySelector('.by')), {t: 'setting.by', args: {name: updatedBy.name, time: {date: updatedAt}}});
  }
}

/**
 * @param {Settings} settings
 * @param {string} key
 * @param {string} value
 */
async function put(settings, key, value) {
  try {
    const setting = await ask('PUT', `/api/settings/${encodeURIComponent(key)}`, {body: {value}});
    settings.hear({kind: 'event', event: 'settings:changed', data: setting});
    toast({t: 'setting.saved'}, 'done');
  } catch (error) {
    toast(refusedBy(error).sentence, 'problem');
    settings.refresh();
  }
}

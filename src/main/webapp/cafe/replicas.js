import {Replica} from '/sdk/index.js';
import {get} from '/pages/api.js';
import {connection} from '/cafe/live.js';

/**
 * @typedef {import('/sdk/cafe-events.js').Menu} Menu
 * @typedef {import('/sdk/protocol.js').Happening} Happening
 */

/** The menus in their order. An edit may be heard later than it was fetched; then its version is not newer. */
export function menus() {
  return new Replica(connection, {load: () => get('/api/menus'), apply: applyMenuEvent});
}

/**
 * @param {Menu[]} list
 * @param {Happening} event
 * @returns {Menu[]}
 */
function applyMenuEvent(list, {event, data}) {
  if (event === 'menu:sold_out_changed') {
    return list.map(menu => menu.id === data.menuId ? {...menu, isSoldOut: data.isSoldOut} : menu);
  }
  if (event !== 'menu:changed' || list.some(menu => menu.id === data.id && menu.version > data.version)) {
    return list;
  }
  return [...list.filter(menu => menu.id !== data.id), data].sort((a, b) => a.position - b.position || a.id - b.id);
}

/** The settings that this caller may know, by key. */
export function settings() {
  return new Replica(connection, {
    load: async () => Object.fromEntries((await get('/api/settings')).map((/** @type {any} */ setting) => [setting.key, setting])),
    apply: (/** @type {Record<string, any>} */ all, {event, data}) =>
      event === 'settings:changed' ? {...all, [data.key]: {...all[data.key], ...data}} : all,
  });
}

/** The cells with their points, by name; for staff. */
export function cells() {
  return new Replica(connection, {
    load: () => get('/api/cells'),
    apply: (/** @type {any[]} */ list, {event, data}) => {
      if (event !== 'cell:balance_changed') {
        return list;
      }
      return list.map(cell => cell.id === data.cellId ? {...cell, balance: data.balanceAfter} : cell);
    },
  });
}

import {get, refusedBy} from '/pages/api.js';
import {valueOf} from '/pages/dialog.js';
import {byId, el, list, remember} from '/pages/dom.js';
import {count} from './numbers.js';

/**
 * @typedef {import('./figures.js').BusyTopic} BusyTopic
 * @typedef {{id: string, event: string, key?: string, time: string, data: unknown}} Event
 */

const SHOWN = 12;

/** The topics with the most readers, and the last events of any. @param {import('./figures.js').Figures} figures */
export function openTopics(figures) {
  const form = byId('last', HTMLFormElement);
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem('topic'));
  figures.on('change', ({nodes}) => list(byId('topics', HTMLElement), summed([...nodes.values()].flatMap(({now}) => now.busiest)), {
    key: ({topic}) => topic,
    create: ({topic}) => el('tr', {}, el('th', {scope: 'row', class: 'mono'}, topic), el('td', {class: 'number'}), el('td', {class: 'number'}),
      el('td', {class: 'number'}, el('button', {type: 'button', class: 'quiet small', t: 'ops.last', label: 'ops.lastOfTopic', args: {topic}, on: {click: () => {
        field.value = topic;
        show(topic);
      }}}))),
    update: (line, {readers, events}) => {
      line.children[1].textContent = count(readers);
      line.children[2].textContent = count(events);
    },
  }));
  form.addEventListener('submit', event => {
    event.preventDefault();
    show(valueOf(form, 'topic'));
  });
}

/** @param {BusyTopic[]} all  of all nodes @returns {BusyTopic[]} */
function summed(all) {
  /** @type {Map<string, BusyTopic>} */
  const sums = new Map();
  all.forEach(({topic, readers, events}) => {
    const sum = sums.get(topic);
    // Each node hears the same events.
    sums.set(topic, {topic, readers: readers + (sum?.readers ?? 0), events: Math.max(events, sum?.events ?? 0)});
  });
  return [...sums.values()].sort((a, b) => b.readers - a.readers || a.topic.localeCompare(b.topic)).slice(0, SHOWN);
}

/** @param {string} topic */
async function show(topic) {
  const words = byId('last-words', HTMLElement);
  try {
    const {kept, events} = await get(`/api/admin/operations/topics/${encodeURIComponent(topic)}/events?limit=20`);
    remember(words, {t: 'ops.kept', args: {kept, topic}});
    byId('events', HTMLElement).replaceChildren(.../** @type {Event[]} */ (events).reverse().map(({id, event, key, time, data}) => el('li', {},
      el('div', {}, el('strong', {}, event), ' ', el('span', {class: 'muted', date: time}), ' ', el('code', {class: 'mono'}, id + (key === undefined ? '' : ` · ${key}`))),
      el('code', {class: 'mono'}, JSON.stringify(data).slice(0, 600)))));
  } catch (error) {
    byId('events', HTMLElement).replaceChildren();
    remember(words, {t: 'ops.sentence', args: {sentence: refusedBy(error).sentence}});
  }
}

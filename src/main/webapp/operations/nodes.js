import {byId, el, list} from '/pages/dom.js';
import {percentile} from './figures.js';
import {bytes, count, lasted, percent} from './numbers.js';

/** @typedef {import('./figures.js').Node} Node */

const COLUMNS = 10;

/** A line for each node. @param {import('./figures.js').Figures} figures */
export function openNodes(figures) {
  figures.on('change', ({nodes}) => list(byId('nodes', HTMLElement), [...nodes.values()].sort((a, b) => a.now.node.localeCompare(b.now.node)), {
    key: ({now}) => now.node,
    create: ({now}) => el('tr', {}, el('th', {scope: 'row'}, now.node), ...Array.from({length: COLUMNS}, () => el('td', {class: 'number'}))),
    update: (line, node) => {
      line.dataset.silent = String(figures.isSilent(node));
      const texts = cells(node);
      line.querySelectorAll('td').forEach((cell, i) => { cell.textContent = texts[i]; });
    },
  }));
}

/** @param {Node} node */
function cells({now, rates}) {
  const p99 = percentile(rates.delays, now.delayClasses, 0.99);
  return [lasted(Date.parse(now.at) - Date.parse(now.startedAt)), now.carrier, count(now.connections), count(now.users), count(now.topics), count(rates.deliveries),
    p99 === null ? '–' : `≤ ${p99} ms`, `${count(now.waiting)} (${bytes(now.waitingBytes)})`, percent(now.cpu), `${bytes(now.heapUsed)} / ${bytes(now.heapMost)}`];
}

import {byId, el, remember} from '/pages/dom.js';
import {count, percent} from './numbers.js';

/**
 * @typedef {import('./figures.js').Sample} Sample
 * @typedef {{name: string, of: (sample: Sample) => number | null, second?: (sample: Sample) => number | null, text: (value: number) => string, least: number}} Chart
 */

const WIDTH = 240;
const HEIGHT = 60;
const SAMPLES = 120;
const NAMESPACE = 'http://www.w3.org/2000/svg';
const millis = (/** @type {number} */ value) => `≤ ${value} ms`;

/** @type {Chart[]} */
const CHARTS = [
  {name: 'connections', of: sample => sample.connections, text: count, least: 5},
  {name: 'deliveries', of: sample => sample.deliveries, text: count, least: 5},
  {name: 'events', of: sample => sample.events, text: count, least: 5},
  {name: 'latency', of: sample => sample.p99, second: sample => sample.p50, text: millis, least: 10},
  {name: 'waiting', of: sample => sample.waiting, text: count, least: 10},
  {name: 'cpu', of: sample => sample.cpu, text: percent, least: 1},
];

/** Shows the last two minutes as lines. @param {import('./figures.js').Figures} figures */
export function openCharts(figures) {
  const drawn = CHARTS.map(chart => {
    const area = svg('polygon');
    const second = svg('polyline', {class: 'second'});
    const line = svg('polyline');
    const picture = svg('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': '–'});
    picture.append(area, second, line);
    const value = el('strong', {}, '–');
    byId('charts', HTMLElement).append(el('figure', {class: 'live-chart', 'data-chart': chart.name},
      el('figcaption', {}, el('span', {t: `chart.${chart.name}`}), value), picture));
    return {chart, area, line, second, picture, value};
  });
  figures.on('change', ({samples, nodes}) => {
    if (samples.length === 0) {
      return;
    }
    for (const {chart, area, line, second, picture, value} of drawn) {
      const values = samples.map(chart.of);
      const most = Math.max(chart.least, ...values.map(each => each ?? 0));
      const points = at(values, most);
      line.setAttribute('points', points.map(point => point.join()).join(' '));
      area.setAttribute('points', points.length === 0 ? '' : [[points[0][0], HEIGHT], ...points, [points[points.length - 1][0], HEIGHT]].map(point => point.join()).join(' '));
      chart.second && second.setAttribute('points', at(samples.map(chart.second), most).map(point => point.join()).join(' '));
      const last = values.at(-1) ?? null;
      value.textContent = last === null ? '–' : chart.text(last);
      picture.setAttribute('aria-label', `${value.textContent}, ≤ ${chart.text(most).replace('≤ ', '')}`);
    }
    remember(byId('live-at', HTMLElement), {t: 'ops.alive', args: {count: [...nodes.values()].filter(node => !figures.isSilent(node)).length}});
  });
}

/** @param {(number | null)[]} values @param {number} most @returns {number[][]} */
function at(values, most) {
  return values.flatMap((value, i) => value === null ? []
    : [[Math.round((SAMPLES - values.length + i) * WIDTH / (SAMPLES - 1) * 10) / 10, Math.round((HEIGHT - 3 - value / most * (HEIGHT - 8)) * 10) / 10]]);
}

/** @param {string} tag @param {Record<string, string>} [attributes] */
function svg(tag, attributes = {}) {
  const element = document.createElementNS(NAMESPACE, tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  return element;
}

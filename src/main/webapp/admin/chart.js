import {Chart} from '/pages/vendor.js';

const CALM = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * A bar chart whose bars change in place.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {'x' | 'y'} axis  along which the labels stand
 * @returns {(labels: string[], values: number[]) => void} shows other bars
 */
export function bars(canvas, axis) {
  /** @param {string} name */
  const colour = name => () => getComputedStyle(document.documentElement).getPropertyValue(`--pado-${name}`);
  const scale = {ticks: {color: colour('ink'), precision: 0}, grid: {color: colour('line')}};
  const names = {...scale, grid: {display: false}};
  const chart = new Chart(canvas, {
    type: 'bar',
    data: {labels: [], datasets: [{data: [], backgroundColor: colour('sea'), borderRadius: 4, maxBarThickness: 36}]},
    options: {
      indexAxis: axis, responsive: true, maintainAspectRatio: false, animation: CALM.matches ? false : {duration: 300},
      plugins: {legend: {display: false}},
      scales: axis === 'x' ? {x: names, y: {...scale, beginAtZero: true, suggestedMax: 5}}
        : {y: names, x: {...scale, beginAtZero: true, suggestedMax: 5}},
    },
  });
  // Light or dark: the page has its colours when this has run.
  new MutationObserver(() => chart.update()).observe(document.documentElement, {attributeFilter: ['data-theme']});
  return (labels, values) => {
    chart.data.labels = labels;
    chart.data.datasets[0].data = values;
    chart.update();
  };
}

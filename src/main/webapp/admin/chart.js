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
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue('--pado-ink');
  const scale = {ticks: {color: ink, precision: 0}, grid: {color: style.getPropertyValue('--pado-line')}};
  const names = {...scale, grid: {display: false}};
  const chart = new Chart(canvas, {
    type: 'bar',
    data: {labels: [], datasets: [{data: [], backgroundColor: style.getPropertyValue('--pado-sea'), borderRadius: 4, maxBarThickness: 36}]},
    options: {
      indexAxis: axis, responsive: true, maintainAspectRatio: false, animation: CALM.matches ? false : {duration: 300},
      plugins: {legend: {display: false}},
      scales: axis === 'x' ? {x: names, y: {...scale, beginAtZero: true, suggestedMax: 5}}
        : {y: names, x: {...scale, beginAtZero: true, suggestedMax: 5}},
    },
  });
  return (labels, values) => {
    chart.data.labels = labels;
    chart.data.datasets[0].data = values;
    chart.update();
  };
}

/* The one place that knows where the chart library lies; the build fills in its version. */
import '/webjars/chart.js/${chartjs.version}/dist/chart.umd.js';

export const Chart = globalThis.Chart;

import {get} from '/pages/api.js';
import {allowed} from '/pages/login.js';
import {openFrame} from '/pages/frame.js';
import {polledState} from '/pages/polled-state.js';
import {Polled} from '/pages/polled.js';
import {openWatch} from './watch.js';

const EACH_MILLIS = 2_000;

if (allowed('operations', ['admin'])) {
  const watch = new Polled(() => get('/api/realtime/watch'), EACH_MILLIS);
  openFrame('operations', {product: 'app.server', state: polledState(watch)});
  openWatch(watch);
} else {
  openFrame('operations', {product: 'app.server'});
}

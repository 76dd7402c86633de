import './messages.js';
import {connect, NamedStream} from '/sdk/index.js';
import {get} from '/pages/api.js';
import {connectionState, staleBanner} from '/pages/connection-state.js';
import {allowed} from '/pages/login.js';
import {openFrame} from '/pages/frame.js';
import {patience} from '/pages/patience.js';
import {Polled} from '/pages/polled.js';
import {token, user} from '/pages/session.js';
import {openCharts} from './charts.js';
import {Figures} from './figures.js';
import {openNodes} from './nodes.js';
import {openQueue} from './queue.js';
import {openReaders} from './readers.js';
import {openTopics} from './topics.js';
import {openWatch} from './watch.js';

/** What does not come by itself. */
const EACH_MILLIS = 2_000;

if (user()?.roles.includes('admin')) {
  open();
} else {
  openFrame('operations', {product: 'app.server'});
  allowed('operations', ['admin']);
}

function open() {
  const connection = connect(new NamedStream('/api/admin/operations/stream', {}), {token, policy: patience});
  openFrame('operations', {product: 'app.server', state: connectionState(connection), banner: staleBanner(connection), onEnd: () => connection.close()});
  const figures = new Figures(connection);
  openCharts(figures);
  openNodes(figures);
  openReaders(figures, connection);
  openTopics(figures);
  openQueue(new Polled(async () => ({counts: await get('/api/queue'), dead: (await get('/api/queue/dead?limit=50')).items}), EACH_MILLIS));
  openWatch(new Polled(() => get('/api/realtime/watch'), EACH_MILLIS));
}

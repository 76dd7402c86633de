import './messages-start.js';
import {Channels, Replica} from '/sdk/index.js';
import {get, newKey} from './api.js';
import {connectionState, staleBanner} from './connection-state.js';
import {byId, remember} from './dom.js';
import {openFrame} from './frame.js';
import {Polled} from './polled.js';
import {token} from './session.js';

/** What runs is asked for; what is voted comes by itself. */
const EACH_MILLIS = 5_000;

const channels = new Channels({clientId: `start-${newKey()}`, channels: ['votes'], token});
openFrame('start', {product: 'app.server', state: connectionState(channels.connection), banner: staleBanner(channels.connection)});

/** @type {Polled<{status: string, checks: {name: string, data?: Record<string, string>}[]}>} */
const health = new Polled(async () => {
  const answer = await fetch('/health', {cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(EACH_MILLIS)});
  return answer.json();
}, EACH_MILLIS);
health.on('change', ({value, status}) => {
  const light = byId('now-state', HTMLElement);
  const isUp = status === 'ready' && value?.status === 'UP';
  light.dataset.state = isUp ? 'up' : status === 'loading' ? '' : 'away';
  remember(light, {t: isUp ? 'start.up' : 'start.down'});
  const data = Object.assign({}, ...(value?.checks ?? []).map(check => check.data ?? {}));
  for (const name of ['sql', 'redis', 'mongo', 'model']) {
    show(name, status === 'failed' ? undefined : data[name]);
  }
});

const votes = new Replica(channels.connection, {load: () => get('/api/polls'), apply: (/** @type {any[]} */ all, {data}) => {
  const now = data?.pollId === undefined ? data?.data : data;
  return all.some(poll => poll.pollId === now?.pollId && poll.version < now.version) ? all.map(poll => poll.pollId === now.pollId ? now : poll) : all;
}});
votes.on('change', ({value}) => value !== undefined && show('votes', String(value.reduce((sum, poll) => sum + poll.totalVotes, 0))));
channels.connection.open();

/** @param {string} name @param {string} [value] */
function show(name, value) {
  const box = /** @type {HTMLElement} */ (document.querySelector(`[data-fact="${name}"] dd`));
  value === 'up' || value === 'away' || value === 'scripted' ? remember(box, {t: `fact.${value}`}) : remember(box, {t: value ?? '–'});
}

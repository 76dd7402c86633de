import './messages.js';
import {ask, refusedBy} from '/pages/api.js';
import {byId, el, remember} from '/pages/dom.js';
import {valueOf} from '/pages/dialog.js';
import {openFrame} from '/pages/frame.js';
import {t} from '/pages/language.js';
import {token, user} from '/pages/session.js';
import {listenCode, publishCode} from './code.js';
import {openSse, openWebSocket} from './lines.js';

/** @typedef {'come' | 'sent' | 'ended'} Kind */

const MOST_FRAMES = 300;

openFrame('try', {product: 'app.server'});

const listen = byId('listen', HTMLFormElement);
const publish = byId('publish', HTMLFormElement);
const close = byId('close', HTMLButtonElement);
/** Ends what is open. @type {() => void} */
let end = () => { };
/** Counts what was opened: an older line says nothing any more. */
let opened = 0;

listen.addEventListener('submit', async event => {
  event.preventDefault();
  end();
  const mine = ++opened;
  const topic = valueOf(listen, 'topic');
  const transport = valueOf(listen, 'transport') === 'websocket' ? 'websocket' : 'sse';
  const known = user() !== null;
  say('connecting');
  showCode(listenCode(transport, topic, known));
  close.disabled = false;
  const hears = {
    /** @param {string} text @param {Kind} [kind] */
    frame: (text, kind = 'come') => { mine === opened && add(kind, text); },
    open: () => { mine === opened && say('open'); },
    /** @param {string} why */
    ended: why => {
      if (mine === opened) {
        add('ended', why || t('try.ended'));
        say('closed');
        close.disabled = true;
      }
    },
  };
  try {
    const bearer = await token();
    end = mine !== opened ? end : transport === 'sse' ? openSse(topic, bearer, hears) : openWebSocket(topic, bearer, hears);
  } catch (error) {
    hears.ended(refusedBy(error).sentence);
  }
});

close.addEventListener('click', () => {
  opened++;
  end();
  add('ended', t('try.closedHere'));
  say('closed');
  close.disabled = true;
});

publish.addEventListener('submit', async event => {
  event.preventDefault();
  const problem = byId('publish-problem', HTMLElement);
  const words = byId('published', HTMLElement);
  problem.hidden = true;
  const topic = valueOf(listen, 'topic');
  const body = {event: valueOf(publish, 'event'), ...valueOf(publish, 'key') !== '' && {key: valueOf(publish, 'key')}, data: json(valueOf(publish, 'data'))};
  if (body.data === undefined) {
    problem.textContent = t('try.noJson');
    problem.hidden = false;
    return;
  }
  showCode(publishCode(topic, body));
  try {
    const {id} = await ask('POST', `/api/topics/${encodeURIComponent(topic)}/events`, {body});
    remember(words, {t: id === null ? 'try.waits' : 'try.sent', args: {id}});
  } catch (error) {
    const refused = refusedBy(error);
    words.textContent = '';
    problem.textContent = [401, 403].includes(refused.problem.status) ? t('try.needsRole') : refused.sentence;
    problem.hidden = false;
  }
});

byId('clear', HTMLButtonElement).addEventListener('click', () => {
  byId('frames', HTMLElement).replaceChildren();
  byId('none', HTMLElement).hidden = false;
});
say('idle');
showCode(listenCode('sse', 'public:try', user() !== null));

/** @param {Kind} kind @param {string} text */
function add(kind, text) {
  const frames = byId('frames', HTMLElement);
  byId('none', HTMLElement).hidden = true;
  const now = new Date();
  frames.prepend(el('li', {'data-kind': kind}, el('time', {datetime: now.toISOString()}, now.toLocaleTimeString('en-GB')), el('pre', {}, text)));
  while (frames.children.length > MOST_FRAMES) {
    frames.lastElementChild?.remove();
  }
}

/** @param {string} state */
function say(state) {
  const light = byId('line-state', HTMLElement);
  light.dataset.state = state === 'open' ? 'up' : state === 'closed' ? 'away' : '';
  remember(light, {t: `try.${state}State`});
}

/** @param {{curl: string, sdk: string}} code */
function showCode({curl, sdk}) {
  byId('curl', HTMLElement).textContent = curl;
  byId('sdk', HTMLElement).textContent = sdk;
}

/** @param {string} text @returns {unknown} undefined if it is no JSON */
function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

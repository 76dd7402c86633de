import './messages.js';
import {answerBubble, atEnd, showAnswer} from '/pages/answer.js';
import {refusedBy} from '/pages/api.js';
import {composer} from '/pages/composer.js';
import {byId, el, list, remember} from '/pages/dom.js';
import {openFrame} from '/pages/frame.js';
import {token, user} from '/pages/session.js';
import {toast} from '/pages/toast.js';
import {Exchanges} from './exchanges.js';

const MOST_CHARACTERS = 4_000;

const exchanges = new Exchanges(String(user()?.id ?? 'guest'), token);
const clear = el('button', {type: 'button', class: 'quiet', id: 'clear', t: 'ai.clear', on: {click: () => exchanges.clear()}});
openFrame('ai', {product: 'app.server', tools: [clear]});

const log = byId('log', HTMLElement);
const stop = byId('stop', HTMLButtonElement);
const {form, area} = composer({hint: 'ai.hint', label: 'ai.label', most: MOST_CHARACTERS, send: text => {
  exchanges.ask(text);
  log.scrollTop = log.scrollHeight;
  return true;
}});
byId('talk', HTMLElement).append(form);
stop.addEventListener('click', () => exchanges.stop().catch(say));
exchanges.on('change', show);
show();
exchanges.open().catch(say);
area.focus();

function show() {
  atEnd(log, () => list(log, exchanges.list, {key: ({key}) => key, create: made, update: shown}));
  stop.hidden = !exchanges.isAnswering;
  byId('empty', HTMLElement).hidden = exchanges.list.length > 0;
  clear.hidden = exchanges.list.length === 0;
}

/** @param {import('./exchanges.js').Exchange} exchange */
function made({key, question}) {
  const asked = el('p', {class: 'said'}, question);
  if (question === null) {
    remember(asked, {t: 'ai.elsewhere'});
  }
  const again = el('button', {type: 'button', class: 'small', t: 'answer.again', on: {click: () => exchanges.again(key)}});
  return el('article', {class: 'exchange'}, el('div', {class: 'message mine'}, asked), el('div', {class: 'message'}, answerBubble(), again));
}

/**
 * @param {HTMLElement} article
 * @param {import('./exchanges.js').Exchange} exchange
 */
function shown(article, {answer, question}) {
  showAnswer(/** @type {HTMLElement} */ (article.querySelector('.answer')), answer);
  const again = /** @type {HTMLElement} */ (article.querySelector('button'));
  again.hidden = answer.state !== 'failed' || answer.runId !== undefined || question === null;
}

/** @param {unknown} error */
function say(error) {
  toast(refusedBy(error).sentence, 'problem');
}

import {answerBubble, atEnd, showAnswer} from '/pages/answer.js';
import {Refused, refusedBy} from '/pages/api.js';
import {composer} from '/pages/composer.js';
import {byId, el, list, remember} from '/pages/dom.js';
import {toast} from '/pages/toast.js';

/** @typedef {import('/sdk/chat-room.js').ChatRoom | import('./plain-room.js').PlainRoom} Room */

const MOST_CHARACTERS = 4_000;

/** Shows one room at a time. */
export class RoomView {
  #me;
  #log = byId('log', HTMLElement);
  #stop = byId('stop', HTMLButtonElement);
  #area;
  /** @type {Room | null} */
  room = null;
  #unlisten = () => { };
  /** @type {(room: Room) => void} is told of each change */
  onChange = () => { };

  /** @param {number} me  whose messages stand on the other side */
  constructor(me) {
    this.#me = me;
    const {form, area} = composer({hint: 'composer.hint', label: 'composer.label', most: MOST_CHARACTERS, send: text => {
      this.#log.scrollTop = this.#log.scrollHeight;
      return Boolean(this.room?.send(text));
    }});
    this.#area = area;
    byId('talk', HTMLElement).append(form);
    this.#stop.addEventListener('click', () => this.room?.stop().catch(say));
    byId('older', HTMLElement).addEventListener('click', () => this.#more());
  }

  /**
   * @param {Room} room  that is opened here
   * @param {import('/pages/dom.js').Parts | string} name
   */
  open(room, name) {
    this.#unlisten();
    this.room?.close();
    this.room = room;
    ['messages', 'answers', 'sendings'].forEach(id => byId(id, HTMLElement).replaceChildren());
    this.rename(name);
    byId('talk', HTMLElement).hidden = false;
    this.#unlisten = room.on('change', () => this.#show());
    this.#show();
    room.open();
    this.#area.focus();
  }

  /** @param {import('/pages/dom.js').Parts | string} name  in the page's language */
  rename(name) {
    const title = byId('room-name', HTMLElement);
    delete title.dataset.t;
    typeof name === 'string' ? title.textContent = name : remember(title, name);
  }

  async #more() {
    const before = this.#log.scrollHeight;
    await this.room?.more().catch(say);
    this.#log.scrollTop += this.#log.scrollHeight - before;
  }

  #show() {
    const room = /** @type {Room} */ (this.room);
    const {messages, sendings, answers, isAnswering, status, hasMore} = room.view;
    atEnd(this.#log, () => {
      list(byId('messages', HTMLElement), messages, {key: ({id}) => id, create: each => this.#message(each), update: () => { }});
      list(byId('answers', HTMLElement), answers, {key: ({key}) => key, create: () => el('div', {class: 'message'}, answerBubble()),
        update: (item, answer) => showAnswer(/** @type {HTMLElement} */ (item.firstElementChild), answer)});
      list(byId('sendings', HTMLElement), sendings, {key: ({key}) => key, create: each => sendingOf(each, () => room.retry(each.key)), update: showSending});
    });
    byId('older', HTMLElement).hidden = !hasMore;
    this.#stop.hidden = !isAnswering;
    const isEmpty = status === 'ready' && messages.length + answers.length + sendings.length === 0;
    const state = byId('state', HTMLElement);
    state.hidden = status === 'ready' && !isEmpty;
    remember(state, {t: isEmpty ? 'chat.empty' : `state.${status}`});
    this.onChange(room);
  }

  /** @param {import('/sdk/realtime-events.js').ChatMessage} message */
  #message({senderId, senderName, content, createdAt, senderType}) {
    const isMine = senderId === this.#me && senderType !== 'ai';
    return el('article', {class: isMine ? 'message mine' : 'message', 'data-type': senderType}, el('header', {class: 'muted'},
      !isMine && senderName !== null && (senderType === 'ai' ? el('strong', {both: senderName}) : el('strong', {}, senderName)), el('time', {time: createdAt, datetime: createdAt})), el('p', {class: 'said'}, content));
  }
}

/**
 * @param {import('/sdk/chat-room.js').Sending} sending
 * @param {() => void} retry
 */
function sendingOf({content}, retry) {
  const again = el('button', {type: 'button', class: 'small', t: 'answer.again', on: {click: retry}});
  return el('article', {class: 'message mine'}, el('p', {class: 'said'}, content), el('footer', {class: 'muted'}, el('span', {role: 'status'}), again));
}

/**
 * @param {HTMLElement} item
 * @param {import('/sdk/chat-room.js').Sending} sending
 */
function showSending(item, {state, problem}) {
  const words = /** @type {HTMLElement} */ (item.querySelector('footer span'));
  remember(words, state === 'pending' ? {t: 'chat.pending'}
    : {t: 'chat.notSent', args: {why: problem === undefined ? '' : new Refused(problem).sentence}});
  /** @type {HTMLElement} */ (item.querySelector('footer button')).hidden = state === 'pending';
}

/** @param {unknown} error */
function say(error) {
  toast(refusedBy(error).sentence, 'problem');
}

import './messages.js';
import {ChatRoom} from '/sdk/chat-room.js';
import {Channels, connect, NamedStream} from '/sdk/index.js';
import {get, newKey, refusedBy} from '/pages/api.js';
import {connectionState, staleBanner} from '/pages/connection-state.js';
import {byId, el, list, remember} from '/pages/dom.js';
import {openFrame} from '/pages/frame.js';
import {inLanguage, onLanguage, t} from '/pages/language.js';
import {allowed} from '/pages/login.js';
import {token, user} from '/pages/session.js';
import {toast} from '/pages/toast.js';
import {newPersona, newRoom, personas} from './new-room.js';
import {ofPeople, PlainRoom, PUBLIC} from './plain-room.js';
import {RoomView} from './room-view.js';

/** @typedef {{id: string, name: string | null, kind: string, personaIds: number[]}} Room */

const LOUNGE = 'lounge';
const me = user();

if (me !== null && allowed('chat', ['user'])) {
  open(me.id, me.name);
} else {
  openFrame('chat', {product: 'app.server'});
  allowed('chat', ['user']);
}

/**
 * @param {number} id
 * @param {string} userName
 */
function open(id, userName) {
  const connection = connect(new NamedStream('/api/realtime/stream', {}), {token});
  openFrame('chat', {product: 'app.server', state: connectionState(connection), banner: staleBanner(connection), onEnd: () => connection.close()});
  const view = new RoomView(id);
  /** @type {Room[]} */
  let rooms = [];
  /** @type {import('./new-room.js').Persona[]} */
  let faces = [];
  /** @type {Channels | null} of the public room, while it is shown */
  let lounge = null;

  const nameOf = (/** @type {Room} */ {name, personaIds}) => {
    const names = (personaIds ?? []).map(each => faces.find(face => face.id === each)).filter(face => face !== undefined)
      .map(face => `${face.avatar} ${inLanguage(face.name)}`.trim());
    return name || names.join(', ') || t('chat.unnamed');
  };
  const showRooms = () => {
    const all = [{id: LOUNGE, name: null, kind: '', personaIds: []}, ...rooms];
    list(byId('rooms', HTMLElement), all, {
      key: room => room.id,
      create: room => el('li', {}, el('button', {type: 'button', class: 'room', 'data-room': room.id, on: {click: () => show(room.id)}})),
      update: (item, room) => {
        const button = /** @type {HTMLElement} */ (item.firstElementChild);
        room.id === LOUNGE ? remember(button, {t: 'chat.public'}) : button.textContent = nameOf(room);
        button.setAttribute('aria-current', String(room.id === view.room?.roomId));
      },
    });
  };

  /** @param {string} roomId */
  function show(roomId) {
    const room = rooms.find(each => each.id === roomId);
    lounge?.connection.close();
    lounge = null;
    history.replaceState(null, '', `#${roomId}`);
    if (room === undefined) {
      const opened = new PlainRoom(LOUNGE, PUBLIC);
      lounge = hear(opened, `page-${newKey()}`);
      view.open(opened, {t: 'chat.public'});
    } else {
      view.open(room.personaIds?.length > 0 ? new ChatRoom(room.id, {token, userName}) : new PlainRoom(room.id, ofPeople(room.id)), nameOf(room));
    }
    showRooms();
    showCloseness(room);
  }

  /** @param {Room} [room] */
  async function showCloseness(room) {
    const words = byId('closeness', HTMLElement);
    words.textContent = '';
    delete words.dataset.t;
    view.onChange = () => { };
    const [persona] = room?.kind === 'one_on_one' ? room.personaIds : [];
    if (persona !== undefined) {
      const {exp, level} = await get(`/api/personas/${persona}/intimacy`).catch(complain) ?? {};
      const say = (/** @type {{exp: number, level: number}} */ args) => room?.id === view.room?.roomId && remember(words, {t: 'chat.level', args});
      exp !== undefined && say({exp, level});
      view.onChange = ({view: now}) => {
        const changed = now.intimacies[persona];
        changed !== undefined && say({exp: changed.exp, level: changed.level});
      };
    }
  }

  /** @param {string} [roomId]  that is shown then */
  async function load(roomId) {
    try {
      [rooms, faces] = await Promise.all([get('/api/chat/rooms?limit=200').then(({items}) => items), personas()]);
      showRooms();
      roomId !== undefined && show(roomId);
    } catch (error) {
      complain(error);
    }
  }

  connection.on('event', ({event, data}) => {
    if (event === 'message') {
      view.room?.hear(data);
      // Somebody has made a room with this user in it.
      rooms.some(room => room.id === data.roomId) || load();
    }
  });
  connection.on('joined', ({recovered}) => { recovered || view.room === null || view.room.refresh(); });
  connection.on('reset', () => load(view.room?.roomId));
  byId('new-room', HTMLElement).addEventListener('click', async () => {
    const made = await newRoom(faces);
    made === null || await load(made.id);
  });
  byId('new-persona', HTMLElement).addEventListener('click', async () => await newPersona() && load());
  onLanguage(() => {
    showRooms();
    const room = rooms.find(each => each.id === view.room?.roomId);
    room === undefined || view.rename(nameOf(room));
  });
  showRooms();
  load(location.hash.slice(1) || LOUNGE);
}

/**
 * Lets the public room hear what is said in it.
 *
 * @param {PlainRoom} room
 * @param {string} clientId
 */
function hear(room, clientId) {
  const channels = new Channels({clientId, channels: ['chat'], token});
  channels.connection.on('event', ({data}) => room.hear(data));
  channels.connection.on('joined', ({recovered}) => { recovered || room.refresh(); });
  channels.connection.on('reset', () => { room.refresh(); });
  channels.connection.open();
  return channels;
}

/** @param {unknown} error */
function complain(error) {
  toast(refusedBy(error).sentence, 'problem');
}

import {ask as request, get, newKey, Refused} from '/pages/api.js';
import {ask, field, valueOf} from '/pages/dialog.js';
import {el} from '/pages/dom.js';
import {t} from '/pages/language.js';
import {toast} from '/pages/toast.js';

/** @typedef {{id: number, name: string, avatar: string}} Persona */

/** Characters in an answer of the server. */
const PAGE = 500;
const MAX_PAGES = 10;

/**
 * Asks with whom, and makes the room.
 *
 * @param {Persona[]} personas
 * @returns {Promise<{id: string} | null>} null if none was made
 */
export async function newRoom(personas) {
  const key = newKey();
  /** @type {{id: string} | null} */
  let room = null;
  const faces = personas.map(({id, name, avatar}) => el('label', {}, el('input', {type: 'checkbox', name: 'persona', value: id}), el('span', {}, `${avatar} `, el('span', {both: name}))));
  await ask({
    title: {t: 'chat.newRoom'},
    body: [el('p', {t: 'chat.with'}), el('div', {class: 'faces'}, ...faces), field('name', 'chat.roomName', {maxlength: 100})],
    submit: {t: 'chat.open'},
    send: async form => {
      const personaIds = new FormData(form).getAll('persona').map(Number);
      if (personaIds.length === 0) {
        throw new Refused({type: 'about:blank', title: '', status: 400, detail: t('chat.none')});
      }
      const name = valueOf(form, 'name');
      const kind = personaIds.length === 1 ? 'one_on_one' : 'group';
      room = await request('POST', '/api/chat/rooms', {key: `${key}-${personaIds}-${name.length}`, body: {kind, personaIds, ...name !== '' && {name}}});
    },
  });
  return room;
}

/** Asks who it is to be, and makes the character. @returns {Promise<boolean>} whether one was made */
export async function newPersona() {
  const key = newKey();
  return ask({
    title: {t: 'chat.newPersona'},
    body: [field('name', 'chat.personaName', {required: true, maxlength: 100}),
      el('label', {}, el('span', {t: 'chat.personaPrompt'}), el('textarea', {name: 'prompt', required: true, maxlength: 4_000, rows: 4})),
      field('avatar', 'chat.personaAvatar', {maxlength: 20})],
    submit: {t: 'chat.make'},
    send: async form => {
      const [name, prompt, avatar] = ['name', 'prompt', 'avatar'].map(each => valueOf(form, each));
      await request('POST', '/api/personas', {key: `${key}-${name.length}-${prompt.length}`, body: {name, prompt, ...avatar !== '' && {avatar}}});
      toast({t: 'chat.made', args: {name: {both: name}}}, 'done');
    },
  });
}

/** @returns {Promise<Persona[]>} all there are, oldest first; of very many the newest */
export async function personas() {
  /** @type {Persona[]} */
  const all = [];
  for (let page = 0; page < MAX_PAGES; page++) {
    const items = await get(`/api/personas${all.length === 0 ? '' : `?before=${all.at(-1)?.id}`}`);
    all.push(...items);
    if (items.length < PAGE) {
      break;
    }
  }
  return all.reverse();
}

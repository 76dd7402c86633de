import {LeaderLock} from './leader-lock.js';
import {Leading} from './leading.js';
import {newKey} from './request.js';
import {TabLine} from './tab-line.js';

/**
 * @import {Ending} from './ending.js'
 * @import {Line, LineListener, LineRequest, Transport} from './transport.js'
 *
 * @typedef {{kind: string, from: string, term: number, [more: string]: any}} Word  from tab to tab
 */

/** For the other tabs to say where they are, before the new leader opens its line. */
const GATHERED_WITHIN = 150;
const LOOKED_EACH = 1_000;
/** The leader tells all that comes, heartbeats too; one that is silent for longer is asked. */
const QUIET = 4_000;
const ANSWERED_WITHIN = 3_000;

/**
 * The tabs of a browser that hear the same address as the same user. The one that holds the lock is the leader: it has the line, and tells the others
 * all that comes. Each line keeps a place of its own, so that whoever leads next, it is told each event once.
 */
export class TabHub {
  #id = newKey();
  #name;
  #transport;
  #lock;
  #channel;
  #onEmpty;
  /** @type {Set<TabLine>} of this tab */
  #lines = new Set();
  #numbers = 0;
  /** @type {LineRequest} the newest one */
  #request;
  /** When the leader began to lead; grows with each. */
  #term = 0;
  /** @type {string | null} */
  #leader = null;
  /** @type {Leading | null} */
  #leading = null;
  #isStopped = false;
  #heardAt = Date.now();
  #askedAt = 0;
  #timer;
  #ended = new AbortController();

  /**
   * @param {string} name
   * @param {LineRequest} request
   * @param {{transport: Transport, locks: LockManager, Channel: typeof BroadcastChannel, page?: EventTarget, onEmpty: () => void}} means  `page`: is told
   *     when it is frozen; `onEmpty`: its last line is closed
   */
  constructor(name, request, {transport, locks, Channel, page, onEmpty}) {
    this.#name = name;
    this.#request = request;
    this.#transport = transport;
    this.#lock = new LeaderLock(name, locks, {
      held: (release, isAlone) => this.#lead(release, isAlone), lost: () => this.#overtaken(), impossible: error => this.#part(error),
    });
    this.#onEmpty = onEmpty;
    this.#channel = new Channel(name);
    this.#channel.onmessage = ({data}) => this.#hear(data);
    this.#timer = setInterval(() => this.#look(), LOOKED_EACH);
    page?.addEventListener('freeze', () => this.#freeze(), this.#ended);
    page?.addEventListener('resume', () => this.#resume(), this.#ended);
    this.#lock.queue();
  }

  /** For people who look for a fault. */
  get report() {
    return {name: this.#name, role: this.#leading ? 'leader' : this.#leader === null ? 'none' : 'follower', term: this.#term, lines: this.#lines.size};
  }

  /**
   * @param {LineRequest} request
   * @param {LineListener} listener
   * @returns {Line}
   */
  open(request, listener) {
    this.#request = request;
    const line = new TabLine(++this.#numbers, request.url.searchParams.get('last_event_id') ?? '', listener);
    this.#lines.add(line);
    this.#wish(line);
    return {
      say: text => line.alone ? line.alone.say(text) : this.#leading ? this.#leading.say(text) : this.#tell('say', {text}),
      close: () => {
        line.close();
        this.#lines.delete(line) && this.#lines.size === 0 && this.#stop();
      },
    };
  }

  /**
   * @param {() => void} release  gives the lock back
   * @param {boolean} isAlone
   */
  #lead(release, isAlone) {
    if (this.#isStopped) {
      release();
      return;
    }
    this.#term = Math.max(this.#term + 1, Date.now());
    this.#leader = this.#id;
    this.#leading = new Leading((place, listener) => this.#openAt(place, listener), (kind, fields) => this.#said(kind, fields), release);
    this.#tell('lead');
    this.#ask();
    setTimeout(() => this.#leading?.begin(), isAlone ? 0 : GATHERED_WITHIN);
  }

  /** This tab was frozen, and another one leads now. */
  #overtaken() {
    if (!this.#isStopped) {
      this.#giveUp();
      this.#lock.queue();
    }
  }

  /**
   * What this tab says as the leader counts for its own lines too.
   *
   * @param {string} kind
   * @param {object} fields
   */
  #said(kind, fields) {
    this.#tell(kind, fields);
    this.#obey({kind, from: this.#id, term: this.#term, ...fields});
  }

  /** @param {Word} word */
  #hear(word) {
    if (word.kind === 'wish' || word.kind === 'say' || word.kind === 'ask') {
      this.#leading && this.#serve(word, this.#leading);
    } else if (word.term > this.#term || word.term === this.#term && this.#leader === null) {
      // A leader that was not known here. One that has lost the lock to it will hear so from the browser.
      if (this.#leading === null) {
        this.#follow(word);
      }
    } else if (word.from === this.#leader && this.#leading === null) {
      this.#obey(word);
    }
  }

  /**
   * @param {Word} word
   * @param {Leading} leading
   */
  #serve(word, leading) {
    if (word.kind === 'wish') {
      leading.wish(/** @type {any} */ (word));
    } else if (word.kind === 'say') {
      leading.say(word.text);
    } else {
      this.#tell('alive');
    }
  }

  /** @param {Word} word  of a new leader */
  #follow(word) {
    this.#term = word.term;
    this.#leader = word.from;
    const isAnswer = word.kind === 'here' && word.to === this.#id;
    this.#lines.forEach(line => {
      line.isJoined = false;
      isAnswer && line.number === word.line || this.#wish(line);
    });
    this.#obey(word);
  }

  /** @param {Word} word  of the leader; any other says only that it leads, or lives */
  #obey(word) {
    this.#heardAt = Date.now();
    this.#askedAt = 0;
    switch (word.kind) {
      case 'here':
        word.to === this.#id && this.#lines.forEach(line => line.number === word.line && line.join(word.messages, this.#leading !== null));
        break;
      case 'message':
        this.#lines.forEach(line => line.isJoined
          && (word.isGreeting ? line.greet(word.message) : line.give(word.message, this.#leading !== null)));
        break;
      case 'heard':
        this.#lines.forEach(line => line.isJoined && line.listener.heard());
        break;
      case 'ended':
        this.#end(word.ending);
        break;
      case 'resign':
        this.#leaderless();
        break;
    }
  }

  /** @param {Ending} ending  of the leader's line, and so of all */
  #end(ending) {
    const lines = [...this.#lines];
    this.#stop();
    lines.forEach(line => line.listener.ended(ending));
  }

  /** @param {TabLine} line */
  #wish(line) {
    const wish = {from: this.#id, line: line.number, place: line.place};
    this.#leading ? this.#leading.wish(wish) : this.#tell('wish', wish);
  }

  /** The others are heard of nothing more: the next one leads. */
  #stop() {
    if (!this.#isStopped) {
      this.#isStopped = true;
      this.#lines.clear();
      clearInterval(this.#timer);
      this.#ended.abort();
      this.#leading && this.#tell('resign');
      this.#leading?.stop();
      this.#leading = null;
      this.#lock.leave();
      this.#channel.close();
      this.#onEmpty();
    }
  }

  #giveUp() {
    this.#leading && this.#tell('resign');
    this.#leading?.stop();
    this.#leading = null;
    this.#heardAt = Date.now();
    this.#leaderless();
  }

  /** A frozen tab must not lead, nor be the next one to. */
  #freeze() {
    this.#lock.leave();
    this.#giveUp();
  }

  #resume() {
    this.#lock.queue();
    this.#ask();
  }

  /** Whoever says that it leads is followed. */
  #leaderless() {
    this.#leader = null;
    this.#term = 0;
    this.#ask();
  }

  /** All lines of this tab want to be told what comes after their places. */
  #ask() {
    this.#lines.forEach(line => {
      line.isJoined = false;
      this.#wish(line);
    });
  }

  /** @param {unknown} error  why each line must go on by itself */
  #part(error) {
    this.#isStopped || console.warn('The tabs cannot share a connection, so each has its own:', error);
    this.#lines.forEach(line => { line.alone = this.#openAt(line.place, line.listener); });
  }

  /**
   * @param {string} place
   * @param {LineListener} listener
   */
  #openAt(place, listener) {
    const url = new URL(this.#request.url);
    url.searchParams.delete('last_event_id');
    place === '' || url.searchParams.set('last_event_id', place);
    return this.#transport.open({url, token: this.#request.token}, listener);
  }

  /** A leader that does not answer is frozen, or has died with its lock. */
  #look() {
    const now = Date.now();
    if (this.#leading !== null || now - this.#heardAt < QUIET) {
      return;
    }
    if (this.#askedAt === 0) {
      this.#askedAt = now;
      this.#tell('ask');
      this.#lines.forEach(line => line.isJoined || this.#wish(line));
    } else if (now - this.#askedAt >= ANSWERED_WITHIN) {
      this.#heardAt = now;
      this.#askedAt = 0;
      this.#lock.steal();
    }
  }

  /**
   * @param {string} kind
   * @param {object} [fields]
   */
  #tell(kind, fields = {}) {
    this.#isStopped && kind !== 'resign' || this.#channel.postMessage({from: this.#id, term: this.#term, ...fields, kind});
  }
}

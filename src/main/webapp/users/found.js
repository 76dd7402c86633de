import {Emitter} from '/sdk/emitter.js';

/**
 * @typedef {{id: number, email: string, name: string, roles: string[], issuer: string | null, createdAt: string, logins: number}} User
 * @typedef {{items: User[], next: string | null}} UserPage
 */

/**
 * The users that were found, page by page. An answer to an earlier question does not count.
 *
 * @extends {Emitter<{change: Found}>}
 */
export class Found extends Emitter {
  /** @type {'loading' | 'ready' | 'failed'} */
  status = 'loading';
  /** @type {User[] | undefined} */
  value;
  /** @type {string | null} where the next page begins */
  next = null;
  #load;
  #asked = 0;

  /** @param {(cursor: string | null) => Promise<UserPage>} load */
  constructor(load) {
    super();
    this.#load = load;
  }

  /** Asks anew, from the first page on. */
  refresh() {
    return this.#ask(null, []);
  }

  /** Adds the next page. */
  more() {
    return this.#ask(this.next, this.value ?? []);
  }

  /** What is known of a user has changed. @param {number} id @param {Partial<User> | null} now  null: removed */
  change(id, now) {
    this.value = this.value?.flatMap(user => user.id !== id ? [user] : now === null ? [] : [{...user, ...now}]);
    this.emit('change', this);
  }

  /** @param {string | null} cursor @param {User[]} before */
  async #ask(cursor, before) {
    const question = ++this.#asked;
    try {
      const {items, next} = await this.#load(cursor);
      if (question === this.#asked) {
        Object.assign(this, {value: [...before, ...items], next, status: 'ready'});
      }
    } catch (error) {
      console.warn('The users could not be asked for:', error);
      if (question === this.#asked) {
        this.status = 'failed';
      }
    }
    this.emit('change', this);
  }
}

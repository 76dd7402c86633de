/**
 * Whether a friend is online. Times are ISO-8601 in UTC.
 *
 * @typedef {object} FriendStatus
 * @property {number} user_id
 * @property {boolean} is_online
 * @property {string | null} [last_activity]
 * @property {string | null} [last_seen]
 * @property {number} [version]  grows with each change of this user
 *
 * @typedef {Readonly<Record<number, FriendStatus>>} PresenceState  of all friends, by user id
 */

/** The newest state of each friend. What was given out before does not change any more. */
export class FriendStates {
  /** @type {Record<number, FriendStatus>} */
  #states = {};
  #givenOut = false;
  /** Friends no more, of whom one more state comes for clients that do not know `friend_removed`. @type {Set<number>} */
  #removed = new Set();

  /** @returns {PresenceState} the same object until something changes */
  get all() {
    this.#givenOut = true;
    return this.#states;
  }

  /**
   * @param {number | string} userId
   * @returns {FriendStatus | null} null: no friend, or nothing is known yet
   */
  of(userId) {
    return Object.hasOwn(this.#states, userId) ? this.#states[Number(userId)] : null;
  }

  /** @param {Record<number, FriendStatus>} states  of all friends; what was known before does not count */
  begin(states) {
    this.#states = states;
    this.#givenOut = true;
    this.#removed.clear();
  }

  /**
   * @param {FriendStatus} status
   * @returns {boolean} whether it is news: neither known already nor older than what is known
   */
  change(status) {
    const {user_id, version} = status;
    if (version === 0 && this.#removed.delete(user_id) || Number(this.of(user_id)?.version) >= Number(version)) {
      return false;
    }
    this.#removed.delete(user_id);
    this.#writable()[user_id] = status;
    return true;
  }

  /**
   * @param {number} userId  of somebody who is no friend any more
   * @returns {boolean} whether that is news
   */
  remove(userId) {
    this.#removed.add(userId);
    return this.of(userId) !== null && delete this.#writable()[userId];
  }

  #writable() {
    if (this.#givenOut) {
      this.#states = {...this.#states};
      this.#givenOut = false;
    }
    return this.#states;
  }
}

/** The ids that came last, to know one that comes again. */
export class Recent {
  #most;
  /** @type {Set<string>} */
  #ids = new Set();

  /** @param {number} [most]  how many are remembered */
  constructor(most = 2_000) {
    this.#most = most;
  }

  /**
   * @param {string} id
   * @returns {boolean} whether it was here before
   */
  again(id) {
    if (this.#ids.has(id)) {
      return true;
    }
    this.#ids.add(id);
    if (this.#ids.size > this.#most) {
      const [oldest] = this.#ids;
      this.#ids.delete(oldest);
    }
    return false;
  }
}

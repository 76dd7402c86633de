/** The ids that came last, to know one that comes again. */
export class Recent {
  #most;
  /** @type {Set<string | undefined>} */
  #ids = new Set();

  /** @param {number} [most]  how many are remembered */
  constructor(most = 2_000) {
    this.#most = most;
  }

  /**
   * @param {string | undefined} id  undefined: what has none never comes again
   * @returns {boolean} whether it was here before
   */
  again(id) {
    const before = this.#ids.has(id);
    id === undefined || this.#ids.add(id);
    if (this.#ids.size > this.#most) {
      const [oldest] = this.#ids;
      this.#ids.delete(oldest);
    }
    return before;
  }
}

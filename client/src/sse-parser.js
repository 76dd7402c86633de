const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads an event stream (HTML standard, section 9.2.6) as its text comes in, cut anywhere.
 */
export class SseParser {
  #rest = '';
  #begun = false;
  /** Whether what was read ended with a CR, of which a LF that follows is a part. */
  #afterReturn = false;
  /** @type {string[]} */
  #data = [];
  #id = '';
  #event = '';
  /** @type {number | undefined} */
  #retry;

  /**
   * @param {string} text  what came next
   * @returns {import('./transport.js').Message[]} the events that it completed, and comments
   */
  read(text) {
    if (text === '') {
      return [];
    }
    const isLeftOut = this.#begun ? this.#afterReturn && text[0] === '\n' : text[0] === BYTE_ORDER_MARK;
    this.#begun = true;
    this.#afterReturn = text.endsWith('\r');
    const lines = (this.#rest + (isLeftOut ? text.slice(1) : text)).split(/\r\n|\r|\n/);
    this.#rest = String(lines.pop());
    return lines.flatMap(line => line === '' ? this.#dispatch() : this.#field(line));
  }

  /**
   * @param {string} line
   * @returns {import('./transport.js').Message[]}
   */
  #field(line) {
    const [, name, value] = /** @type {RegExpMatchArray} */ (line.match(/^([^:]*)(?:: ?(.*))?$/s));
    if (name === '') {
      return [{text: '', comment: value}];
    }
    if (name === 'data') {
      this.#data.push(value ?? '');
    } else if (name === 'id' && !value?.includes('\0')) {
      this.#id = value ?? '';
    } else if (name === 'event') {
      this.#event = value ?? '';
    } else if (name === 'retry' && /^\d+$/.test(value ?? '')) {
      this.#retry = Number(value);
    }
    return [];
  }

  /** @returns {import('./transport.js').Message[]} */
  #dispatch() {
    const data = this.#data;
    const retry = this.#retry;
    const id = this.#id;
    const event = this.#event;
    this.#data = [];
    this.#retry = undefined;
    this.#event = '';
    // Unlike a browser's, an event without an `id:` line has none here: a notice must not be taken for the event before it.
    this.#id = '';
    return data.length > 0 ? [{text: data.join('\n'), id: id || undefined, event: event || undefined, retry}] : [];
  }
}

/** Of what waits, a part of this size is typed with each frame; so it never lags more than a few frames behind. */
const PART = 1 / 6;

/**
 * Types a text as it grows, a few characters a frame. Nothing is typed for those who want less motion, or while nobody looks.
 */
export class Typing {
  #show;
  #next;
  /** @type {string[]} characters, none of which is half of one */
  #all = [];
  #text = '';
  #shown = 0;
  #waits = false;

  /**
   * @param {(text: string, isTyping: boolean) => void} show
   * @param {(task: () => void) => unknown} [next]  runs a task with the next frame
   */
  constructor(show, next = nextFrame) {
    this.#show = show;
    this.#next = next;
  }

  /** @param {string} text  all of it, so far. One that does not go on from the last one is shown from its begin */
  to(text) {
    if (!text.startsWith(this.#text)) {
      this.#shown = 0;
    }
    this.#text = text;
    this.#all = [...text];
    if (isStill()) {
      this.#shown = this.#all.length;
    }
    this.#step();
  }

  /** Shows all of it at once. */
  finish() {
    this.#shown = this.#all.length;
    this.#tell();
  }

  #step() {
    const left = this.#all.length - this.#shown;
    this.#shown += Math.ceil(left * PART);
    this.#tell();
    if (this.#shown < this.#all.length && !this.#waits) {
      this.#waits = true;
      this.#next(() => {
        this.#waits = false;
        this.#step();
      });
    }
  }

  #tell() {
    this.#show(this.#all.slice(0, this.#shown).join(''), this.#shown < this.#all.length);
  }
}

/** @param {() => void} task */
function nextFrame(task) {
  return typeof requestAnimationFrame === 'function' ? requestAnimationFrame(task) : setTimeout(task, 16);
}

function isStill() {
  return typeof document !== 'undefined' && document.hidden
    || typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;
}

import {Refused} from './api.js';
import {el, remember} from './dom.js';
import {Typing} from '/sdk/typing.js';

/** @typedef {import('/sdk/run.js').RunView} RunView */

/** How each answer is typed. @type {WeakMap<HTMLElement, Typing>} */
const typings = new WeakMap();

/**
 * An answer in the making: typed as it comes, then how it ended.
 *
 * @returns {HTMLElement}
 */
export function answerBubble() {
  const words = el('p', {class: 'said'});
  const bubble = el('div', {class: 'answer'}, words, el('p', {class: 'answer-state muted'}));
  typings.set(bubble, new Typing((text, isTyping) => {
    words.textContent = text;
    bubble.dataset.typing = String(isTyping);
  }));
  return bubble;
}

/**
 * @param {HTMLElement} bubble
 * @param {RunView} view
 */
export function showAnswer(bubble, {state, text, problem, ending}) {
  if (bubble.dataset.text !== text) {
    const typing = typings.get(bubble);
    typing?.to(text);
    // What was there before this page is not typed again.
    bubble.dataset.text === undefined && typing?.finish();
    bubble.dataset.text = text;
  }
  bubble.dataset.state = state;
  bubble.setAttribute('aria-busy', String(!['complete', 'stopped', 'failed'].includes(state)));
  const words = /** @type {HTMLElement} */ (bubble.querySelector('.answer-state'));
  const facts = ending?.usage && ending.firstTextMillis !== null ? {first: ending.firstTextMillis, tokens: ending.usage.outputTokens} : null;
  if (state === 'failed') {
    remember(words, {t: 'answer.failed', args: {why: problem === undefined ? '' : new Refused(problem).sentence}});
  } else if (state !== 'complete') {
    remember(words, {t: `answer.${state}`});
  } else if (facts !== null) {
    remember(words, {t: 'ai.facts', args: facts});
  }
  words.hidden = state === 'streaming' || state === 'complete' && facts === null;
}

/**
 * Keeps the end of a list in sight while somebody looks at it.
 *
 * @param {HTMLElement} box  that scrolls
 * @param {() => void} change
 */
export function atEnd(box, change) {
  const wasThere = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  change();
  if (wasThere) {
    box.scrollTop = box.scrollHeight;
  }
}

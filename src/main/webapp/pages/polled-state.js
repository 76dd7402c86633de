import {el, remember} from './dom.js';

/**
 * Whether what the page shows is as the server has it: always visible, and told to screen readers when it changes.
 *
 * @param {import('./polled.js').Polled<any>} polled
 * @returns {HTMLElement}
 */
export function polledState(polled) {
  const words = el('span', {role: 'status'});
  const now = el('button', {type: 'button', class: 'small', t: 'state.retry', on: {click: () => polled.refresh()}});
  const box = el('div', {class: 'connection', id: 'connection'}, el('span', {class: 'connection-dot', 'aria-hidden': 'true'}), words, now);
  const show = () => {
    box.dataset.state = {loading: 'connecting', ready: 'open', failed: 'waiting'}[polled.status];
    remember(words, {t: `polled.${polled.status}`});
    now.hidden = polled.status !== 'failed';
  };
  polled.on('change', show);
  show();
  return box;
}

import {ask, refusedBy} from '/pages/api.js';
import {byId} from '/pages/dom.js';
import {toast} from '/pages/toast.js';

/** The switch: on while friends see the user as offline. @param {import('/pages/polled.js').Polled<import('./friends.js').Mine>} mine */
export function openVisibility(mine) {
  const input = byId('invisible', HTMLInputElement);
  const isBusy = () => input.getAttribute('aria-busy') === 'true';
  mine.on('change', ({value}) => {
    if (value !== undefined && !isBusy()) {
      input.disabled = false;
      input.checked = value.invisible;
    }
  });
  input.addEventListener('click', event => isBusy() && event.preventDefault());
  input.addEventListener('change', async () => {
    input.setAttribute('aria-busy', 'true');
    try {
      await ask('PUT', '/api/presence/visibility', {body: {invisible: input.checked}});
    } catch (error) {
      input.checked = !input.checked;
      toast(refusedBy(error).sentence, 'problem');
    } finally {
      input.removeAttribute('aria-busy');
    }
    await mine.refresh();
  });
}

/**
 * Tabs as the ARIA practices have them: arrows move between them, and the address remembers which one is open.
 *
 * @param {HTMLElement | null} bar  with the role `tablist`
 */
export function openTabs(bar) {
  const tabs = /** @type {HTMLButtonElement[]} */ ([...bar?.children ?? []]);
  const turnTo = (/** @type {HTMLButtonElement} */ chosen) => tabs.forEach(tab => {
    const open = tab === chosen;
    tab.setAttribute('aria-selected', String(open));
    tab.tabIndex = open ? 0 : -1;
    const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
    if (panel !== null) {
      panel.hidden = !open;
    }
  });
  const byAddress = () => turnTo(tabs.find(tab => `#${tab.id.replace('tab-', '')}` === location.hash) ?? tabs[0]);
  const choose = (/** @type {HTMLButtonElement} */ tab) => {
    history.replaceState(null, '', `#${tab.id.replace('tab-', '')}`);
    turnTo(tab);
  };
  tabs.forEach((tab, i) => {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', event => {
      const step = /** @type {Record<string, number>} */ ({ArrowRight: 1, ArrowLeft: -1})[event.key];
      const to = step !== undefined ? tabs[(i + step + tabs.length) % tabs.length]
        : event.key === 'Home' ? tabs[0] : event.key === 'End' ? tabs.at(-1) : undefined;
      if (to !== undefined) {
        event.preventDefault();
        choose(to);
        to.focus();
      }
    });
  });
  addEventListener('hashchange', byAddress);
  byAddress();
}

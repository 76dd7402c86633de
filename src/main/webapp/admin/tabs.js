/**
 * Tabs as the ARIA practices have them: arrows move between them, and the address remembers which one is open.
 *
 * @param {HTMLElement | null} bar  with the role `tablist`
 */
export function openTabs(bar) {
  const tabs = /** @type {HTMLButtonElement[]} */ ([...bar?.children ?? []]);
  const choose = (/** @type {HTMLButtonElement} */ tab) => {
    history.replaceState(null, '', `#${nameOf(tab)}`);
    turnTo(tabs, tab);
  };
  tabs.forEach((tab, i) => {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', event => {
      const to = target(tabs, i, event.key);
      if (to !== undefined) {
        event.preventDefault();
        choose(to);
        to.focus();
      }
    });
  });
  const byAddress = () => turnTo(tabs, tabs.find(tab => `#${nameOf(tab)}` === location.hash) ?? tabs[0]);
  addEventListener('hashchange', byAddress);
  byAddress();
}

/** @param {HTMLElement} tab */
const nameOf = tab => tab.id.replace('tab-', '');

/**
 * @param {HTMLButtonElement[]} tabs
 * @param {number} from
 * @param {string} key
 * @returns {HTMLButtonElement | undefined} where the key leads
 */
function target(tabs, from, key) {
  const steps = /** @type {Record<string, number>} */ ({ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: -1});
  return key in steps ? tabs.at(steps[key] % tabs.length) : undefined;
}

/**
 * @param {HTMLButtonElement[]} tabs
 * @param {HTMLButtonElement} chosen
 */
function turnTo(tabs, chosen) {
  tabs.forEach(tab => {
    const open = tab === chosen;
    tab.setAttribute('aria-selected', String(open));
    tab.tabIndex = open ? 0 : -1;
    const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
    if (panel !== null) {
      panel.hidden = !open;
    }
  });
}

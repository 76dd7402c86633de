const AFTER = 120_000;

/**
 * Tells when nobody has touched the kiosk for two minutes: whoever comes next should not find somebody else's order.
 *
 * @param {() => void} task
 */
export function whenIdle(task) {
  let timer = setTimeout(task, AFTER);
  for (const event of ['pointerdown', 'keydown']) {
    addEventListener(event, () => {
      clearTimeout(timer);
      timer = setTimeout(task, AFTER);
    }, {capture: true, passive: true});
  }
}

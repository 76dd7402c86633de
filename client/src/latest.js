/** @typedef {(then: (value?: any) => void) => (value?: any) => void} Still  the same, for as long as there is nothing newer */

/**
 * For things that take each other's place, such as lines: nothing of an older one counts any more.
 *
 * @returns {() => Still} begins a new one
 */
export function latest() {
  let count = 0;
  return () => {
    const mine = ++count;
    return then => value => { mine === count && then(value); };
  };
}

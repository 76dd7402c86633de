import {readFileSync} from 'node:fs';

/**
 * A sample of the contract that the server's tests read too.
 *
 * @param {string} name  such as `generic/event`
 * @returns {any}
 */
export function sample(name) {
  return JSON.parse(readFileSync(new URL(`../../contract/${name}.json`, import.meta.url), 'utf8'));
}

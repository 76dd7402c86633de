const UNITS = ['B', 'KiB', 'MiB', 'GiB'];

/** @param {number} value */
export const count = value => value >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString('en') : value.toFixed(1);

/** @param {number} share  0 to 1; negative if it is not known */
export const percent = share => share < 0 ? '–' : `${Math.round(share * 100)} %`;

/** @param {number} value */
export function bytes(value) {
  const power = Math.min(UNITS.length - 1, value < 1 ? 0 : Math.floor(Math.log2(value) / 10));
  return `${count(Math.round(value / 1024 ** power * 10) / 10)} ${UNITS[power]}`;
}

/** @param {number} millis */
export function lasted(millis) {
  const seconds = Math.max(0, Math.round(millis / 1_000));
  return seconds < 120 ? `${seconds} s` : seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

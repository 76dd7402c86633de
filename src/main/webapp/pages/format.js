/** The café's zone, whatever that of the tablet is; the server's default of `pado.cafe.zone`. */
const ZONE = 'Asia/Seoul';

/** @param {'ko' | 'en'} language */
const locale = language => language === 'ko' ? 'ko-KR' : 'en-GB';

/** What is shown in the place of something that another program left out, or wrote as nothing that can be shown. */
export const UNKNOWN = '–';

/**
 * @param {number | null | undefined} won
 * @param {'ko' | 'en'} language
 * @returns {string} {@link UNKNOWN} for what is no number
 */
export function formatWon(won, language) {
  if (typeof won !== 'number' || Number.isNaN(won)) {
    return UNKNOWN;
  }
  const number = new Intl.NumberFormat(locale(language)).format(won);
  return language === 'ko' ? `${number}원` : `₩${number}`.replace('₩-', '-₩');
}

/**
 * @param {string | null | undefined} instant  ISO-8601
 * @param {'ko' | 'en'} language
 * @returns {string} {@link UNKNOWN} for what is no instant
 */
export function formatTime(instant, language) {
  return formatInstant(instant, language, {});
}

/**
 * @param {string | null | undefined} instant  ISO-8601
 * @param {'ko' | 'en'} language
 * @returns {string} {@link UNKNOWN} for what is no instant
 */
export function formatDate(instant, language) {
  return formatInstant(instant, language, {month: 'short', day: 'numeric'});
}

/** @param {string | null | undefined} instant @param {'ko' | 'en'} language @param {Intl.DateTimeFormatOptions} more  than hour and minute */
function formatInstant(instant, language, more) {
  const date = new Date(instant ?? NaN);
  return Number.isNaN(date.getTime()) ? UNKNOWN : new Intl.DateTimeFormat(locale(language), {
    timeZone: ZONE, ...more, hour: '2-digit', minute: '2-digit', hour12: false,
  }).format(date);
}

/**
 * @param {number} [back]  how many days before today
 * @returns {string} the café's day, as `2026-01-15`
 */
export function businessDay(back = 0) {
  return new Intl.DateTimeFormat('en-CA', {timeZone: ZONE}).format(Date.now() - back * 86_400_000);
}

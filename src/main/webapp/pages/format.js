/** The café's zone, whatever that of the tablet is; the server's default of `pado.cafe.zone`. */
const ZONE = 'Asia/Seoul';

/** @param {'ko' | 'en'} language */
const locale = language => language === 'ko' ? 'ko-KR' : 'en-GB';

/**
 * @param {number} won
 * @param {'ko' | 'en'} language
 */
export function formatWon(won, language) {
  const number = new Intl.NumberFormat(locale(language)).format(won);
  return language === 'ko' ? `${number}원` : `₩${number}`.replace('₩-', '-₩');
}

/**
 * @param {string} instant  ISO-8601
 * @param {'ko' | 'en'} language
 */
export function formatTime(instant, language) {
  return new Intl.DateTimeFormat(locale(language), {
    timeZone: ZONE, hour: '2-digit', minute: '2-digit', hour12: false,
  }).format(new Date(instant));
}

/**
 * @param {string} instant  ISO-8601
 * @param {'ko' | 'en'} language
 */
export function formatDate(instant, language) {
  return new Intl.DateTimeFormat(locale(language), {
    timeZone: ZONE, month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false,
  }).format(new Date(instant));
}

/**
 * @param {number} [back]  how many days before today
 * @returns {string} the café's day, as `2026-01-15`
 */
export function businessDay(back = 0) {
  return new Intl.DateTimeFormat('en-CA', {timeZone: ZONE}).format(Date.now() - back * 86_400_000);
}

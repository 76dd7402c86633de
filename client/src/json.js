/**
 * @param {string} text
 * @returns {Record<string, any> | null} null if it is no JSON object
 */
export function parseObject(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * @param {string | undefined} id  `<epoch>-<sequence>` (docs/protocol.md)
 * @param {string | undefined} other
 * @returns {boolean} whether an id comes after another one of the same log
 */
export function isAfter(id, other) {
  const [epoch, sequence] = parts(id);
  const [otherEpoch, otherSequence] = parts(other);
  return epoch === otherEpoch && sequence > otherSequence;
}

/**
 * @param {string | undefined} id
 * @returns {[string, number]}
 */
function parts(id = '') {
  const hyphen = id.lastIndexOf('-');
  return [id.slice(0, Math.max(hyphen, 0)), Number(id.slice(hyphen + 1))];
}

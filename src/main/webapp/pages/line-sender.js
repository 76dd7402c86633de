/** A last syllable that comes late is there by then. */
const LATE = 120;

/**
 * Sends what stands in a text area with one Enter; Shift+Enter makes a new line. Who writes Korean, Japanese or Chinese confirms what is being composed
 * with Enter too. What counts is therefore the line break that the browser is about to make, which is one for each Enter that is not only a
 * confirmation; neither `keydown` says so (some browsers send two, or one with the key code 229, or call it no composition any more) nor does a timer.
 * A last syllable that is still composed then, or comes later, belongs to the same text.
 *
 * @param {HTMLTextAreaElement} area
 * @param {(text: string) => boolean} send  returns whether it was taken; then the area is emptied
 * @returns {() => void} sends too, for a button
 */
export function sendLines(area, send) {
  let isComposing = false;
  let withShift = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const take = () => {
    timer = undefined;
    if (area.value.trim() !== '' && send(area.value)) {
      area.value = '';
      area.dispatchEvent(new Event('input'));
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(take, isComposing ? LATE : 0);
  };
  area.addEventListener('keydown', event => { withShift = event.shiftKey; });
  area.addEventListener('compositionstart', () => { isComposing = true; });
  area.addEventListener('compositionend', () => {
    isComposing = false;
    timer !== undefined && soon();
  });
  area.addEventListener('beforeinput', event => {
    const isLine = event.inputType === 'insertLineBreak' || event.inputType === 'insertParagraph';
    if (isLine && !withShift) {
      event.preventDefault();
      soon();
    }
  });
  return soon;
}

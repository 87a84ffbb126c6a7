/** Safari ends a composition before the key that ended it: only the code, which is nobody's else, tells such a key. */
const TAKEN_BY_INPUT_METHOD = 229;

/**
 * Whether an input method takes this key: Enter then chooses a word.
 *
 * @param {KeyboardEvent} event
 */
export function isComposing({ isComposing: composing, keyCode }) {
  return composing || keyCode === TAKEN_BY_INPUT_METHOD;
}

/**
 * Whether a key sends what is written in a field.
 *
 * @param {KeyboardEvent} event
 */
export function sends(event) {
  return event.key === "Enter" && !event.shiftKey && !isComposing(event);
}

/** Safari ends a composition before the key event that ended it. Only that key's special code identifies it. */
const TAKEN_BY_INPUT_METHOD = 229;

/**
 * Returns whether an input method uses this key, so that Enter chooses a word.
 *
 * @param {KeyboardEvent} event
 */
export function isComposing({ isComposing: composing, keyCode }) {
  return composing || keyCode === TAKEN_BY_INPUT_METHOD;
}

/**
 * Returns whether a key sends a field's text.
 *
 * @param {KeyboardEvent} event
 */
export function sends(event) {
  return event.key === "Enter" && !event.shiftKey && !isComposing(event);
}

/**
 * Returns whether a key closes what is open. During a composition, Escape only ends the composition.
 *
 * @param {KeyboardEvent} event
 */
export function cancels(event) {
  return event.key === "Escape" && !isComposing(event);
}

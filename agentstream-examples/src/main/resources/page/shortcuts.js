import { isComposing } from "./keys.js";

const WRITTEN_IN = "textarea, input:not([type=checkbox], [type=radio])";

/**
 * Keys by their place on the keyboard, since Alt writes other letters on some. All take Alt: letters
 * alone belong to the reader's screen reader.
 *
 * @param {Record<string, () => void>} actions by `KeyboardEvent.code`
 */
export function onShortcut(actions) {
  addEventListener("keydown", (event) => {
    const { altKey, ctrlKey, metaKey, shiftKey, code } = event;
    if (!altKey || ctrlKey || metaKey || shiftKey || isComposing(event) || !Object.hasOwn(actions, code)) return;
    if (writesAnotherLetter(event)) return;
    event.preventDefault();
    actions[code]();
  });
}

/** On a Mac, Alt is how one types “ß” or begins an accent: whoever writes means the letter. */
function writesAnotherLetter({ target, key, code }) {
  return target instanceof Element && target.matches(WRITTEN_IN) && `Key${key.toUpperCase()}` !== code;
}

/**
 * What a button does that is there and may be pressed.
 *
 * @param {HTMLElement} button
 */
export function press(button) {
  if (button.checkVisibility()) button.click();
}
